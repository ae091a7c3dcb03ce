package com.techcourse.sales;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.testing.Academy.Order;
import com.techcourse.testing.Academy.Payment;
import com.techcourse.testing.DocumentTable;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Does what the tables of docs/payouts.md tell, day by day, and compares with what they compute by hand, to the cent. */
class PayoutsByHandTest extends WithPayouts {

    private static final Path DOCUMENT = Path.of("../docs/payouts.md");

    private final Map<String, UUID> people = new HashMap<>();
    private final Map<String, UUID> courses = new HashMap<>();
    private final Map<String, Payment> sales = new HashMap<>();
    private final Map<String, String> courseOf = new HashMap<>();

    private static List<List<String>> table(String heading) throws IOException {
        return DocumentTable.below(DOCUMENT, heading);
    }

    @Test
    void theDocumentIsRight() throws IOException {
        people.put("Ada", academy.instructor());
        people.put("Ben", academy.instructor());
        courses.put("Algebra", academy.course(requireNonNull(people.get("Ada")), "1.00", "published"));
        courses.put("Botany", academy.course(requireNonNull(people.get("Ben")), "1.00", "published"));
        owner.run(
                "insert into catalog.course_instructors (course_id, instructor_id, share_percent) values (?, ?, 25)",
                courses.get("Algebra"),
                people.get("Ben"));
        owner.run("""
                insert into sales.coupons (code, percent_off, scope, instructor_id, valid_from, valid_until, max_redemptions, created_by)
                values ('ADA10', 10, 'instructor', ?, now() - interval '1 hour', now() + interval '1 hour', 9, ?)
                """, people.get("Ada"), people.get("Ada"));
        for (List<String> row : table("What happened")) {
            happens(LocalDate.parse(row.get(0)), row.get(1), row.get(2), row.get(3));
        }
        theSplits();
        theStatements();
        theBalances();
        theBooksAgree();
    }

    private void happens(LocalDate day, String what, String which, String amount) {
        switch (what) {
            case "sale" -> sale(day, which.split(" ")[0], which.split(" ")[1], amount, null);
            case "sale with ADA10" -> sale(day, which.split(" ")[0], which.split(" ")[1], amount, "ADA10");
            case "refund" -> giveBack(day, which, amount);
            case "run" -> assertThat(run(LocalDate.parse(which + "-01"))).isEqualTo(Long.parseLong(amount));
            case "paid" -> paid(day, LocalDate.parse(which + "-01"));
            default -> throw new AssertionError("The document tells of " + what);
        }
    }

    private void sale(LocalDate day, String number, String course, String price, @Nullable String coupon) {
        UUID id = course(course);
        owner.run("update catalog.courses set price = ?::numeric where id = ?", price, id);
        UUID student = academy.student();
        String wish = "{\"courses\": [{\"course_id\": \"%s\"}]%s}"
                .formatted(id, coupon == null ? "" : ", \"coupon_code\": \"" + coupon + "\"");
        UUID order = as(
                student,
                "student",
                sql -> UUID.fromString((String) sql.one(
                        "select sales.place_order(?::jsonb, ?, sha256('x')) #>> '{body,id}'",
                        wish,
                        "key-of-" + number + "-" + course)));
        sales.put(number, paid(new Order(student, order), day));
        courseOf.put(number, course);
    }

    private UUID course(String name) {
        return requireNonNull(courses.get(name));
    }

    private void giveBack(LocalDate day, String number, String amount) {
        refunded(requireNonNull(sales.get(number)), course(requireNonNull(courseOf.get(number))), amount, day);
    }

    /** Approved by another, and paid on that day: the loader may date it. */
    private void paid(LocalDate day, LocalDate month) {
        owner.run("select id from sales.payouts where period_start = ? and status = 'planned'", month)
                .forEach(payout -> {
                    approve((UUID) payout);
                    asLoader(sql -> sql.run(
                            "update sales.payouts set status = 'paid', paid_at = ?::date + time '12:00', paid_by = ?, reference = 'T' where id = ?",
                            day,
                            runner,
                            payout));
                });
    }

    private void theSplits() throws IOException {
        for (List<String> row : table("What each sale is shared out to")) {
            UUID payment = requireNonNull(sales.get(row.get(0))).id();
            assertThat(List.of(
                            part(payment, null).toPlainString(),
                            part(payment, requireNonNull(people.get("Ada"))).toPlainString(),
                            part(payment, requireNonNull(people.get("Ben"))).toPlainString()))
                    .as(row.get(0))
                    .isEqualTo(List.of(row.get(2), row.get(3), row.get(4)));
        }
    }

    private BigDecimal part(UUID payment, @Nullable UUID instructor) {
        return (BigDecimal) owner.one("""
                select coalesce(sum(e.amount), 0)::numeric(14, 2) from sales.ledger_entries e join sales.ledger_accounts a on a.id = e.credit_account_id
                 where e.transaction_id = ? and e.kind = 'sale' and a.instructor_id is not distinct from ?
                """, payment, instructor);
    }

    /** Whatever happened, the last statement ends with what the books say. */
    private void theBalances() {
        for (UUID person : people.values()) {
            assertThat(rows(
                            person,
                            "instructor",
                            "select balance from sales.statement_lines(?, 'EUR', current_date) where kind = 'closing_balance'",
                            person))
                    .containsExactly(balance("instructor_payable", person));
        }
    }

    private void theStatements() throws IOException {
        for (List<String> row : table("What the statements say")) {
            UUID person = requireNonNull(people.get(row.get(1)));
            LocalDate month = LocalDate.parse(row.get(0) + "-01");
            String statement = """
                    select concat_ws(' | ', max(balance) filter (where kind = 'opening_balance'),
                      coalesce(sum(amount) filter (where kind = 'earnings'), 0.00), coalesce(sum(amount) filter (where kind = 'refund'), 0.00),
                      coalesce(sum(amount) filter (where kind = 'payout'), 0.00), max(balance) filter (where kind = 'closing_balance'),
                      coalesce((select p.amount::text from sales.listed_payouts p where p.instructor_id = ? and p.period_start = ?), 'none'))
                      from sales.statement_lines(?, 'EUR', ?)
                    """;
            assertThat(rows(person, "instructor", statement, person, month, person, month))
                    .as(row.get(0) + " " + row.get(1))
                    .containsExactly(String.join(" | ", row.subList(2, 8)));
        }
    }
}
