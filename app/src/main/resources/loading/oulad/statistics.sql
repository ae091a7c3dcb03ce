analyze identity.users, identity.user_roles, catalog.courses, catalog.quizzes, catalog.quiz_versions, learning.enrollments,
  learning.attempt_slots, learning.attempts;
