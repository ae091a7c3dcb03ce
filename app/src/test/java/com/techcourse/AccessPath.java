package com.techcourse;

import java.util.List;

/**
 * A way in which the product reads rows, and the index that must serve it. The actor is a role of the application
 * ({@code student}, {@code instructor}, {@code accountant} ..), or the nologin role that owns the function which asks.
 */
record AccessPath(String name, String actor, List<String> indexes, int budget, String sql) {

    private static AccessPath path(String name, String actor, String index, int budget, String sql) {
        return new AccessPath(name, actor, List.of(index.split(",")), budget, sql.strip());
    }

    /** Ids of the seed: the last part is the number of the row. */
    static final String STUDENT = "00000000-0000-7000-8000-000000000fff";

    static final String INSTRUCTOR = "00000000-0000-7000-8001-000000000064";

    static final List<AccessPath> ALL = List.of(
            path("catalogue, newest page", "visitor", "courses_published_at_idx", 20, """
                    select id, title from catalog.published_courses order by published_at desc, id limit 13
                    """),
            path("category page", "visitor", "courses_category_id_idx", 40, """
                    select id, title from catalog.published_courses
                     where category_id = '00000000-0000-7000-8002-000000000003' order by published_at desc, id limit 13
                    """),
            path("best rated courses, second page", "visitor", "listings_average_idx", 250, """
                    select c.id, c.title, l.average from catalog.published_listings l
                      join catalog.published_courses c on c.id = l.course_id
                     where l.average <= 4 and (l.average < 4 or l.course_id > '00000000-0000-7000-8003-000000000100')
                     order by l.average desc, l.course_id limit 13
                    """),
            path("courses with the most students", "visitor", "listings_students_idx", 120, """
                    select c.id, c.title, l.students from catalog.published_listings l
                      join catalog.published_courses c on c.id = l.course_id
                     order by l.students desc, l.course_id limit 13
                    """),
            path("counts of the catalogue", "visitor", "listings_facets_idx", 150, """
                    select category_id, level, language, price_range, half_stars, count(*) from catalog.published_listings
                     group by category_id, level, language, price_range, half_stars
                    """),
            path("course page", "visitor", "courses_slug_key", 10, """
                    select id, title from catalog.courses where slug = 'course-77'
                    """),
            path("full-text search", "visitor", "courses_search_idx", 60, """
                    select id, title from catalog.published_courses
                     where search @@ websearch_to_tsquery('english', 'learn 2b4e70') limit 13
                    """),
            path("title with a typing error", "visitor", "courses_title_idx", 700, """
                    select id, title from catalog.published_courses
                     where '28dd2c7 amd 08b183ff' operator(extensions.<%) title
                     order by extensions.word_similarity('28dd2c7 amd 08b183ff', title) desc limit 13
                    """),
            path("latest reviews of a course", "visitor", "reviews_course_id_idx", 40, """
                    select rating, body, created_at from learning.reviews
                     where course_id = '00000000-0000-7000-8003-000000000005' order by created_at desc limit 10
                    """),
            path("an instructor's courses", "instructor", "courses_instructor_id_idx", 30, """
                    select id, title from catalog.courses where instructor_id = '%s'
                    """.formatted(INSTRUCTOR)),
            path("students of a course", "instructor", "enrollments_course_id_idx", 60, """
                    select student_id, enrolled_at from learning.enrollments
                     where course_id = '00000000-0000-7000-8003-000000000063' order by enrolled_at desc limit 50
                    """),
            path("attempts at a quiz", "instructor", "attempts_quiz_id_idx", 80, """
                    select student_id, score from learning.attempts
                     where quiz_id = '00000000-0000-7000-8004-000000000063' order by started_at desc limit 50
                    """),
            path("essays that wait for a grade", "instructor", "attempts_waiting_for_grade_idx", 40, """
                    select student_id, started_at, id from learning.attempts
                     where instructor_id = '%s' and status = 'submitted' order by submitted_at limit 20
                    """.formatted(
                            INSTRUCTOR)),
            path("a student's enrolments", "student", "enrollments_student_id_course_id_pkey", 10, """
                    select course_id, completed_at from learning.enrollments where student_id = '%s'
                    """.formatted(
                            STUDENT)),
            path("resume a course", "student", "lesson_progress_student_id_course_id_idx", 10, """
                    select lesson_id, position_seconds, completed_at from learning.lesson_progress
                     where student_id = '%s' and course_id = '00000000-0000-7000-8003-000000001000'
                    """.formatted(STUDENT)),
            path(
                    "a student's orders",
                    "student",
                    "orders_student_id_id_pkey|orders_student_id_id_currency_key|orders_student_id_id_total_amount_currency_key",
                    10,
                    """
                    select id, placed_at, total_amount from sales.orders
                     where student_id = '%s' order by placed_at desc limit 20
                    """.formatted(STUDENT)),
            path("sign-in by e-mail address", "techcourse_gatekeeper", "users_email_key", 20, """
                    select u.id, c.password_hash from identity.users u join identity.credentials c on c.user_id = u.id
                     where u.email = 'Student77@example.org'::extensions.citext and u.status = 'active'
                    """),
            path("session by token", "techcourse_gatekeeper", "sessions_token_hash_pkey", 15, """
                    select s.user_id, s.acting_role from identity.sessions s join identity.users u on u.id = s.user_id
                     where s.token_hash = sha256('77') and s.expires_at > clock_timestamp()
                    """),
            path(
                    "payment of a gateway's reference",
                    "techcourse_loader",
                    "payment_references_gateway_reference_pkey",
                    10,
                    """
                    select student_id, payment_id from sales.payment_references where gateway = 'demo' and reference = 'ref-77'
                    """),
            path("sales whose earnings are due", "techcourse_loader", "payments_unreleased_idx", 2500, """
                    select student_id, id from sales.payments
                     where status = 'captured' and released_at is null and amount > 0 and captured_at < '2026-10-20' order by captured_at limit 2000
                    """),
            path("coupon by code", "techcourse_loader", "coupons_code_key", 10, """
                    select id, percent_off from sales.coupons where code = 'code-77'
                    """),
            path(
                    "daily sales of a week",
                    "accountant",
                    "payments_business_day_idx,refunds_business_day_idx",
                    30000,
                    """
                    select day, course_title, currency, net_amount from reporting.daily_sales
                     where day between '2026-02-02' and '2026-02-08'
                    """),
            path("price history, newest page", "auditor", "change_log_prices_idx", 250, """
                    select changed_at, course_title, old_price, new_price from audit.course_price_changes
                     order by changed_at desc limit 20
                    """),
            path("price history of a course", "auditor", "change_log_relation_row_key_idx", 60, """
                    select changed_at, old_price, new_price from audit.course_price_changes
                     where course_id = '00000000-0000-7000-8003-000000000005' order by changed_at desc
                    """),
            path("what one person changed", "auditor", "change_log_changed_by_idx", 120, """
                    select changed_at, relation, action from audit.change_log
                     where changed_by = '%s' order by changed_at desc limit 50
                    """.formatted(INSTRUCTOR)),
            path("events of an hour", "techcourse_reader", "events_occurred_at_idx", 400, """
                    select kind, count(*) from learning.events
                     where occurred_at >= '2026-10-10 08:00Z' and occurred_at < '2026-10-10 09:00Z' group by kind
                    """),
            path("quizzes that demand the most", "techcourse_reader", "quizzes_passing_score_idx", 40, """
                    select course_id, (metadata ->> 'passing_score')::numeric from catalog.quizzes
                     order by (metadata ->> 'passing_score')::numeric desc limit 10
                    """),
            path("quizzes with an essay", "techcourse_reader", "quizzes_metadata_idx", 60, """
                    select id, course_id from catalog.quizzes where metadata @> '{"questions": [{"type": "essay"}]}'
                    """));
}
