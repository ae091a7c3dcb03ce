package com.techcourse.catalog.web;

import static com.techcourse.jooq.catalog.Tables.CATEGORIES;
import static com.techcourse.jooq.catalog.Tables.PUBLISHED_COURSES;
import static com.techcourse.jooq.identity.Tables.INSTRUCTOR_PROFILES;

import com.techcourse.platform.Acting;
import com.techcourse.platform.ActingTransactions;
import com.techcourse.platform.Cursor;
import com.techcourse.platform.Page;
import com.techcourse.platform.api.Api;
import com.techcourse.platform.api.Limit;
import com.techcourse.platform.api.Listing;
import com.techcourse.platform.api.Money;
import com.techcourse.platform.api.OpenTo;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What the academy teaches, for everyone: found by words and by choices. */
@Api
class CoursesApi {

    private final ActingTransactions transactions;
    private final Ratings ratings;
    private final Popularity popularity;

    CoursesApi(ActingTransactions transactions, Ratings ratings, Popularity popularity) {
        this.transactions = transactions;
        this.ratings = ratings;
        this.popularity = popularity;
    }

    @GetMapping("/courses")
    @OpenTo(OpenTo.EVERYONE)
    @Operation(
            summary = "Published courses",
            description =
                    "Words are looked up in the language of each course, parts of titles and typing errors too, of each kind at most 1000 courses. Several values of a filter mean any of them. Orders and filters by rating and popularity go by figures a minute or an hour old.")
    Listing<Card> list(
            @RequestParam(required = false) @Nullable String q,
            @RequestParam(required = false) @Nullable List<String> category,
            @RequestParam(required = false) @Nullable List<String> level,
            @RequestParam(required = false) @Nullable List<String> language,
            @RequestParam(name = "price_min", required = false) @Nullable BigDecimal priceMin,
            @RequestParam(name = "price_max", required = false) @Nullable BigDecimal priceMax,
            @RequestParam(required = false) @Nullable Boolean free,
            @RequestParam(name = "rating_min", required = false) @Nullable BigDecimal ratingMin,
            @Parameter(
                            description =
                                    "newest, relevance, price_asc, price_desc, rating, or popular: most students, counted hourly")
                    @RequestParam(required = false)
                    @Nullable
                    String sort,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(defaultValue = Limit.DEFAULT) Limit limit) {
        CourseFilter filter =
                new CourseFilter.Wish(q, category, level, language, priceMin, priceMax, free, ratingMin).filter();
        CourseList list = new CourseList(filter, CourseOrder.named(sort, filter.search()));
        return transactions.readRecent(Acting.visitor(), database -> {
            Page<Record> page = list.page(database, Cursor.parse(after), limit.rows());
            List<UUID> ids = page.rows().stream()
                    .map(row -> row.get(PUBLISHED_COURSES.ID))
                    .toList();
            Map<UUID, Rating> rated = ratings.of(database, ids);
            Map<UUID, Students> students = popularity.of(database, ids);
            return Listing.of(page, row -> Card.of(row, rated, students));
        });
    }

    @GetMapping("/courses/facets")
    @OpenTo(OpenTo.EVERYONE)
    @Operation(
            summary = "Counts beside the list of courses",
            description =
                    "For each category, level, language, price range and rating: how many courses the other filters leave. Of a search, among the courses that it looks at; see limited.")
    Facets facets(
            @RequestParam(required = false) @Nullable String q,
            @RequestParam(required = false) @Nullable List<String> category,
            @RequestParam(required = false) @Nullable List<String> level,
            @RequestParam(required = false) @Nullable List<String> language,
            @RequestParam(name = "price_min", required = false) @Nullable BigDecimal priceMin,
            @RequestParam(name = "price_max", required = false) @Nullable BigDecimal priceMax,
            @RequestParam(required = false) @Nullable Boolean free,
            @RequestParam(name = "rating_min", required = false) @Nullable BigDecimal ratingMin) {
        CourseFilter filter =
                new CourseFilter.Wish(q, category, level, language, priceMin, priceMax, free, ratingMin).filter();
        return Facets.of(transactions.readRecent(Acting.visitor(), new CourseFacets(filter)::count));
    }

    record Card(
            UUID id,
            @Schema(example = "python-in-practice") String slug,
            String title,
            String subtitle,
            Category category,
            String level,
            String language,
            Money price,
            OffsetDateTime publishedAt,
            @Nullable String instructorName,
            Stars rating,
            @Nullable Students students) {

        static Card of(Record row, Map<UUID, Rating> rated, Map<UUID, Students> students) {
            UUID id = row.get(PUBLISHED_COURSES.ID);
            return new Card(
                    id,
                    row.get(PUBLISHED_COURSES.SLUG),
                    row.get(PUBLISHED_COURSES.TITLE),
                    row.get(PUBLISHED_COURSES.SUBTITLE),
                    new Category(row.get(CATEGORIES.SLUG), row.get(CATEGORIES.NAME)),
                    row.get(PUBLISHED_COURSES.LEVEL),
                    row.get(PUBLISHED_COURSES.LANGUAGE),
                    new Money(row.get(PUBLISHED_COURSES.PRICE), row.get(PUBLISHED_COURSES.CURRENCY)),
                    row.get(PUBLISHED_COURSES.PUBLISHED_AT),
                    row.get(INSTRUCTOR_PROFILES.DISPLAY_NAME),
                    Stars.of(rated.getOrDefault(id, Rating.NONE)),
                    students.get(id));
        }
    }

    record Category(String slug, String name) {}

    /** @param countedAt when the academy last counted who takes which course */
    record Students(int count, OffsetDateTime countedAt) {}

    /** @param average 1 to 5 with two decimals; 0 while nobody has rated */
    record Stars(int count, BigDecimal average) {

        static Stars of(Rating rating) {
            return new Stars(rating.count(), rating.average().setScale(2, RoundingMode.HALF_UP));
        }
    }

    /**
     * @param courses how many all filters leave together
     * @param limited whether the words fit more courses than a search looks at, and so than are counted here
     */
    record Facets(
            int courses,
            List<Facet> category,
            List<Facet> level,
            List<Facet> language,
            List<Facet> price,
            List<Facet> rating,
            boolean limited) {

        static Facets of(List<CourseFacets.Count> counts) {
            return new Facets(
                    side("total", counts).stream().mapToInt(Facet::courses).sum(),
                    side("category", counts),
                    side("level", counts),
                    side("language", counts),
                    side("price", counts),
                    side("rating", counts),
                    !side("limited", counts).isEmpty());
        }

        private static List<Facet> side(String side, List<CourseFacets.Count> counts) {
            return counts.stream()
                    .filter(count -> count.side().equals(side))
                    .map(count -> new Facet(count.value(), count.courses()))
                    .toList();
        }
    }

    /** @param value of a rating: so many stars or more */
    record Facet(String value, int courses) {}
}
