package com.techcourse.sales;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.testing.Academy.Payment;
import com.techcourse.testing.Race;
import com.techcourse.testing.Refusal;
import com.techcourse.testing.Sql;
import com.techcourse.testing.WithAcademy;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The books balance by their shape, and nobody rewrites them. */
class LedgerTest extends WithAcademy {

    private static final String ENTRY = """
            insert into sales.ledger_entries (transaction_id, business_day, kind, debit_account_id, credit_account_id, amount, currency)
            values (gen_random_uuid(), current_date, 'sale', ?, ?, ?::numeric, ?)
            """;

    @Test
    void balancedByItsShape() {
        UUID clearing = academy.account("gateway_clearing", "CHF", null);
        UUID revenue = academy.account("platform_revenue", "CHF", null);
        for (String amount : new String[] {"19.99", "0.01", "100000.10"}) {
            owner.run(ENTRY, clearing, revenue, amount, "CHF");
        }
        Refusal.by(
                "23514", "ledger_entries_two_accounts_check", () -> owner.run(ENTRY, clearing, clearing, "1", "CHF"));
        Refusal.by(
                "23514", "ledger_entries_amount_positive_check", () -> owner.run(ENTRY, clearing, revenue, "0", "CHF"));
        assertThat(owner.number("""
                        select sum(a.balance) from (
                          select debit_account_id as account, amount as balance from sales.ledger_entries where currency = 'CHF'
                          union all select credit_account_id, -amount from sales.ledger_entries where currency = 'CHF') a
                        """)).isZero();
    }

    @Test
    void noEntryInTwoCurrencies() {
        UUID euros = academy.account("bank", "EUR", null);
        UUID dollars = academy.account("bank", "USD", null);
        Refusal.by("23503", "ledger_entries_credit_account_fkey", () -> owner.run(ENTRY, euros, dollars, "1", "EUR"));
        Refusal.by("23503", "ledger_entries_debit_account_fkey", () -> owner.run(ENTRY, euros, dollars, "1", "USD"));
        Refusal.asInUse(
                "ledger_entries_debit_account_fkey",
                () -> owner.run("update sales.ledger_accounts set currency = 'GBP' where id = ?", usedAccount()));
    }

    private UUID usedAccount() {
        UUID used = academy.account("taxes", "EUR", null);
        owner.run(ENTRY, used, academy.account("gateway_fees", "EUR", null), "1", "EUR");
        return used;
    }

    @Test
    void nobodyChangesTheBooks() {
        UUID course = academy.course("10.00");
        Payment payment = academy.purchase(academy.student(), course);
        academy.refund(payment, course, "1.00");
        owner.run(ENTRY, academy.account("bank", "JPY", null), academy.account("taxes", "JPY", null), "1", "JPY");
        try (Sql superuser = Sql.connect(database.superuserUrl())) {
            for (String table : new String[] {"sales.ledger_entries", "sales.refunds"}) {
                for (Sql who : new Sql[] {owner, superuser}) {
                    Refusal.by("TC401", () -> who.run("update " + table + " set amount = amount + 1"));
                    Refusal.by("TC401", () -> who.run("delete from " + table));
                    Refusal.by("TC401", () -> who.run("truncate " + table + " cascade"));
                }
            }
            superuser.run("set session_replication_role = replica");
            Refusal.by("TC401", () -> superuser.run("delete from sales.ledger_entries"));
            Refusal.by("TC401", () -> superuser.run("delete from sales.refunds"));
        }
        Refusal.by("42501", () -> asLoader(sql -> sql.run("update sales.ledger_entries set amount = 2")));
        Refusal.by("42501", () -> asLoader(sql -> sql.run("update sales.refunds set amount = 2")));
    }

    @Test
    void oneAccount() {
        Race.Result race = Race.of(
                50,
                database.ownerUrl(),
                (sql, number) -> sql.transaction(loader -> {
                    loader.run("set local role techcourse_loader");
                    return loader.run(
                            "insert into sales.ledger_accounts (kind, currency) values ('student_refunds', 'SEK')");
                }));
        assertThat(race.winners()).isOne();
        assertThat(race.refusals())
                .containsOnly(new Refusal("23505", "ledger_accounts_kind_instructor_id_currency_key"));
    }
}
