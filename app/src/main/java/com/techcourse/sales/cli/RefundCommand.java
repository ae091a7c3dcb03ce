package com.techcourse.sales.cli;

import com.techcourse.platform.CommandProblem;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.Result;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

@Command(
        name = "refund",
        description = {
            "Gives an order back, whole or in parts: the books have it at once, the gateway gives the money back soon after.",
            "What is given back whole ends its enrolment."
        },
        mixinStandardHelpOptions = true)
public final class RefundCommand extends StaffCommand {

    @Parameters(paramLabel = "ORDER", description = "its id, as the list of orders shows it")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private UUID order;

    @Option(
            names = "--line",
            paramLabel = "COURSE=AMOUNT",
            description =
                    "Only so much of the line of this course (its id); again for further lines. Without: all that is left.")
    private @Nullable Map<UUID, BigDecimal> lines;

    @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why, in one sentence.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String reason;

    @Override
    Result<? extends Record> answer(DSLContext session) {
        Object refund = session.fetchValue(
                "select sales.refund_order(sales.buyer_of(?), ?, ?::jsonb, ?)", order, order, parts(), reason);
        if (refund == null) {
            throw new CommandProblem("There is no order " + order + ".", "See ./techcourse orders.");
        }
        return session.fetch("""
                select d ->> 'id' as refund_id, d ->> 'order_id' as order_id, d ->> 'kind' as kind, d #>> '{amount,amount}' as amount,
                       d #>> '{amount,currency}' as currency, d ->> 'status' as status
                  from sales.refund_document(sales.buyer_of(?), ?) d
                """, order, refund);
    }

    private @Nullable String parts() {
        return lines == null
                ? null
                : JsonMapper.shared()
                        .writeValueAsString(lines.entrySet().stream()
                                .map(line -> {
                                    Map<String, String> part = new LinkedHashMap<>();
                                    part.put("course_id", line.getKey().toString());
                                    part.put("amount", line.getValue().toPlainString());
                                    return part;
                                })
                                .toList());
    }
}
