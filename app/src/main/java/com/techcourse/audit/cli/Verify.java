package com.techcourse.audit.cli;

import com.techcourse.platform.OutputFormat;
import com.techcourse.platform.PersonaCommand;
import java.io.PrintStream;
import java.nio.file.Path;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Record2;
import org.jooq.Result;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "verify",
        description = {
            "Proves that no row of the change log was changed, removed or slipped in since it was sealed.",
            "Ends with 1 when something does not hold, and names the seal (block) and the fault."
        },
        mixinStandardHelpOptions = true)
final class Verify extends PersonaCommand {

    private static final Field<Long> SEAL_NO = DSL.field("seal_no", Long.class);
    private static final Field<String> FAULT = DSL.field("fault", String.class);

    private static final String FAULTS = """
            select seal_no, fault from audit.verify()
            union all
            select null, format('the price of the course %s is %s %s, the log says %s %s',
                                course_id, price, currency, logged_price, logged_currency)
              from audit.price_differences()
            union all
            select null, format('the trigger %s of %s is switched off', tgname, tgrelid::regclass)
              from pg_catalog.pg_trigger
             where tgfoid in ('audit.record_change()'::regprocedure, 'audit.record_inserts()'::regprocedure,
                              'audit.refuse_change()'::regprocedure) and tgenabled <> 'A'
            """;

    @Option(
            names = "--against",
            paramLabel = "FILE",
            description = "A seal that was exported before: it must still stand in the chain.")
    private @Nullable Path exported;

    Verify() {
        super("auditor");
    }

    Verify(@Nullable Path exported) {
        this();
        this.exported = exported;
    }

    @Override
    protected int answer(DSLContext session, PrintStream out) {
        Result<Record2<Long, String>> faults = faults(session);
        if (faults.isEmpty() && format() == OutputFormat.TABLE) {
            out.println(session.fetchSingle("""
                            select format('%s seals over %s rows hold. %s newer rows wait for the next seal.', count(*), coalesce(sum(row_count), 0),
                                          (select count(*) from audit.change_log) - coalesce(sum(row_count), 0))
                              from audit.seals
                            """).get(0, String.class));
        } else {
            print(faults, out);
        }
        return faults.isEmpty() ? 0 : 1;
    }

    private Result<Record2<Long, String>> faults(DSLContext session) {
        Result<Record2<Long, String>> faults = session.newResult(SEAL_NO, FAULT);
        for (Record row : session.fetch(FAULTS)) {
            faults.add(fault(session, row.get("seal_no", Long.class), row.get("fault", String.class)));
        }
        for (String function : ProofCode.replaced(session)) {
            faults.add(fault(session, null, "the function audit." + function + " is not the one of this version"));
        }
        if (exported != null) {
            compare(session, ExportedSeal.read(exported), faults);
        }
        return faults;
    }

    private static void compare(DSLContext session, ExportedSeal seal, Result<Record2<Long, String>> faults) {
        String hash =
                session
                        .fetch("select encode(seal_hash, 'hex') from audit.seals where seal_no = ?", seal.sealNo())
                        .stream()
                        .map(row -> row.get(0, String.class))
                        .findFirst()
                        .orElse("");
        if (hash.isEmpty()) {
            faults.add(fault(session, seal.sealNo(), "the exported seal is no longer in the chain"));
        } else if (!hash.equals(seal.sealHash())) {
            faults.add(fault(session, seal.sealNo(), "the chain was rewritten: the exported seal was another one"));
        }
    }

    private static Record2<Long, String> fault(DSLContext session, @Nullable Long sealNo, String fault) {
        return session.newRecord(SEAL_NO, FAULT).values(sealNo, fault);
    }
}
