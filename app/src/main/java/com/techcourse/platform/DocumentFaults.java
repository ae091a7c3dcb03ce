package com.techcourse.platform;

import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The faults of a refused document. The functions that raise these errors put a list of pointers and sentences into
 * DETAIL, which speak of nothing but the document that the caller has just sent; the DETAIL of any other error holds
 * values of rows and is not read.
 */
final class DocumentFaults {

    private static final Set<String> LISTED_IN_DETAIL = Set.of("TC210", "TC241");

    private DocumentFaults() {}

    static List<Problem.Fault> of(SQLException refusal) {
        if (!LISTED_IN_DETAIL.contains(refusal.getSQLState()) || !(refusal instanceof PSQLException server)) {
            return List.of();
        }
        ServerErrorMessage message = server.getServerErrorMessage();
        return message == null || message.getDetail() == null ? List.of() : listed(message.getDetail());
    }

    private static List<Problem.Fault> listed(String detail) {
        try {
            return StreamSupport.stream(JsonMapper.shared().readTree(detail).spliterator(), false)
                    .filter(JsonNode::isObject)
                    .map(fault -> new Problem.Fault(
                            fault.path("pointer").asString(""),
                            fault.path("detail").asString("")))
                    .toList();
        } catch (JacksonException e) {
            return List.of(); // no list of ours
        }
    }
}
