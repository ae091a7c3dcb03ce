package com.techcourse.analytics.web;

import static com.techcourse.jooq.analytics.Tables.COMPLETION_COHORTS;
import static com.techcourse.jooq.analytics.Tables.COURSES_BY_PASSING_SCORE;
import static com.techcourse.jooq.analytics.Tables.PASS_RATE_BY_ATTEMPT;
import static com.techcourse.jooq.analytics.Tables.QUESTION_STATISTICS;
import static com.techcourse.jooq.analytics.Tables.TIME_TO_COMPLETE;
import static org.jooq.Records.mapping;

import com.techcourse.platform.Acting;
import com.techcourse.platform.ActingTransactions;
import com.techcourse.platform.api.Api;
import com.techcourse.platform.api.Listing;
import com.techcourse.platform.api.OpenTo;
import io.swagger.v3.oas.annotations.Operation;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;

/** The ready analyses, one view of schema {@code analytics} each: whole, up to ten thousand rows. */
@Api
class AnalysesApi {

    private static final int MOST = 10_000;

    private final ActingTransactions transactions;

    AnalysesApi(ActingTransactions transactions) {
        this.transactions = transactions;
    }

    @GetMapping("/analytics/courses-by-passing-score")
    @OpenTo("analyst")
    @Operation(
            summary = "Courses by what they demand",
            description =
                    "Courses by the highest passing score of their quizzes, with the e-mail address of the instructor.")
    Listing<PassingScore> coursesByPassingScore(Acting acting) {
        return all(
                acting,
                database -> database.select(
                                COURSES_BY_PASSING_SCORE.RANK,
                                COURSES_BY_PASSING_SCORE.COURSE_ID,
                                COURSES_BY_PASSING_SCORE.COURSE_TITLE,
                                COURSES_BY_PASSING_SCORE.INSTRUCTOR_EMAIL,
                                COURSES_BY_PASSING_SCORE.PASSING_SCORE)
                        .from(COURSES_BY_PASSING_SCORE)
                        .orderBy(COURSES_BY_PASSING_SCORE.RANK, COURSES_BY_PASSING_SCORE.COURSE_ID)
                        .limit(MOST)
                        .fetch(mapping(PassingScore::new)));
    }

    @GetMapping("/analytics/pass-rates")
    @OpenTo("analyst")
    @Operation(
            summary = "Pass rates by attempt",
            description = "How many pass each quiz at the first, second, third attempt.")
    Listing<PassRate> passRateByAttempt(Acting acting) {
        return all(
                acting,
                database -> database.select(
                                PASS_RATE_BY_ATTEMPT.COURSE_SLUG,
                                PASS_RATE_BY_ATTEMPT.QUIZ_ID,
                                PASS_RATE_BY_ATTEMPT.QUIZ_TITLE,
                                PASS_RATE_BY_ATTEMPT.ATTEMPT_NO,
                                PASS_RATE_BY_ATTEMPT.ATTEMPTS,
                                PASS_RATE_BY_ATTEMPT.PASSED,
                                PASS_RATE_BY_ATTEMPT.PASS_RATE,
                                PASS_RATE_BY_ATTEMPT.MEAN_SCORE)
                        .from(PASS_RATE_BY_ATTEMPT)
                        .orderBy(
                                PASS_RATE_BY_ATTEMPT.COURSE_SLUG,
                                PASS_RATE_BY_ATTEMPT.QUIZ_ID,
                                PASS_RATE_BY_ATTEMPT.ATTEMPT_NO)
                        .limit(MOST)
                        .fetch(mapping(PassRate::new)));
    }

    @GetMapping("/analytics/question-statistics")
    @OpenTo("analyst")
    @Operation(
            summary = "Difficulty and discrimination of questions",
            description =
                    "Difficulty is the mean share of the points, discrimination the correlation with the rest of the quiz.")
    Listing<QuestionStatistics> questionStatistics(Acting acting) {
        return all(
                acting,
                database -> database.select(
                                QUESTION_STATISTICS.COURSE_SLUG,
                                QUESTION_STATISTICS.QUIZ_ID,
                                QUESTION_STATISTICS.QUIZ_TITLE,
                                QUESTION_STATISTICS.QUIZ_VERSION,
                                QUESTION_STATISTICS.QUESTION_ID,
                                QUESTION_STATISTICS.QUESTION_TYPE,
                                QUESTION_STATISTICS.ATTEMPTS,
                                QUESTION_STATISTICS.ANSWERS,
                                QUESTION_STATISTICS.DIFFICULTY,
                                QUESTION_STATISTICS.DISCRIMINATION)
                        .from(QUESTION_STATISTICS)
                        .orderBy(
                                QUESTION_STATISTICS.COURSE_SLUG,
                                QUESTION_STATISTICS.QUIZ_ID,
                                QUESTION_STATISTICS.QUIZ_VERSION,
                                QUESTION_STATISTICS.QUESTION_ID)
                        .limit(MOST)
                        .fetch(mapping(QuestionStatistics::new)));
    }

    @GetMapping("/analytics/completion-cohorts")
    @OpenTo("analyst")
    @Operation(
            summary = "Completion by month of sign-up",
            description = "What the students who signed up in a month completed.")
    Listing<CompletionCohort> completionCohorts(Acting acting) {
        return all(
                acting,
                database -> database.select(
                                COMPLETION_COHORTS.SIGNUP_MONTH,
                                COMPLETION_COHORTS.STUDENTS,
                                COMPLETION_COHORTS.ENROLLED_STUDENTS,
                                COMPLETION_COHORTS.COMPLETING_STUDENTS,
                                COMPLETION_COHORTS.ENROLLMENTS,
                                COMPLETION_COHORTS.COMPLETIONS,
                                COMPLETION_COHORTS.GIVEN_UP,
                                COMPLETION_COHORTS.COMPLETION_RATE)
                        .from(COMPLETION_COHORTS)
                        .orderBy(COMPLETION_COHORTS.SIGNUP_MONTH)
                        .limit(MOST)
                        .fetch(mapping(CompletionCohort::new)));
    }

    @GetMapping("/analytics/time-to-complete")
    @OpenTo("analyst")
    @Operation(
            summary = "Days to completion",
            description = "Days from enrolment to completion of each course, in quartiles.")
    Listing<TimeToComplete> timeToComplete(Acting acting) {
        return all(
                acting,
                database -> database.select(
                                TIME_TO_COMPLETE.COURSE_SLUG,
                                TIME_TO_COMPLETE.COURSE_TITLE,
                                TIME_TO_COMPLETE.COMPLETIONS,
                                TIME_TO_COMPLETE.FASTEST_DAYS,
                                TIME_TO_COMPLETE.LOWER_QUARTILE_DAYS,
                                TIME_TO_COMPLETE.MEDIAN_DAYS,
                                TIME_TO_COMPLETE.UPPER_QUARTILE_DAYS,
                                TIME_TO_COMPLETE.SLOWEST_DAYS)
                        .from(TIME_TO_COMPLETE)
                        .orderBy(TIME_TO_COMPLETE.COURSE_SLUG)
                        .limit(MOST)
                        .fetch(mapping(TimeToComplete::new)));
    }

    private <T> Listing<T> all(Acting acting, Function<DSLContext, List<T>> rows) {
        return new Listing<>(transactions.readRecentLong(acting, rows), null);
    }

    record PassingScore(
            long rank, UUID courseId, String courseTitle, String instructorEmail, BigDecimal passingScore) {}

    record PassRate(
            String courseSlug,
            UUID quizId,
            String quizTitle,
            int attemptNo,
            long attempts,
            long passed,
            @Nullable BigDecimal passRate,
            @Nullable BigDecimal meanScore) {}

    record QuestionStatistics(
            String courseSlug,
            UUID quizId,
            String quizTitle,
            int quizVersion,
            String questionId,
            String questionType,
            long attempts,
            long answers,
            @Nullable BigDecimal difficulty,
            @Nullable BigDecimal discrimination) {}

    record CompletionCohort(
            LocalDate signupMonth,
            long students,
            long enrolledStudents,
            long completingStudents,
            long enrollments,
            long completions,
            long givenUp,
            @Nullable BigDecimal completionRate) {}

    record TimeToComplete(
            String courseSlug,
            String courseTitle,
            long completions,
            @Nullable BigDecimal fastestDays,
            @Nullable BigDecimal lowerQuartileDays,
            @Nullable BigDecimal medianDays,
            @Nullable BigDecimal upperQuartileDays,
            @Nullable BigDecimal slowestDays) {}
}
