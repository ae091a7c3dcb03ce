package com.techcourse.platform.mail;

import com.techcourse.platform.Acting;
import com.techcourse.platform.ActingTransactions;
import com.techcourse.platform.ClientAddress;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.server.ResponseStatusException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Letters that wait, for whoever tries the demo on the own machine. Anywhere else there is no such page. */
@Controller
class OutboxPage {

    private static final TypeReference<Map<String, String>> DETAILS = new TypeReference<>() {};

    private final ActingTransactions transactions;
    private final MessageSource messages;
    private final PublicUrl url;
    private final boolean demo;

    OutboxPage(
            ActingTransactions transactions,
            MessageSource messages,
            PublicUrl url,
            @Value("${techcourse.demo:false}") boolean demo,
            @Value("${techcourse.smtp-url:}") String smtp) {
        this.transactions = transactions;
        this.messages = messages;
        this.url = url;
        this.demo = demo && smtp.isEmpty();
    }

    @GetMapping("/outbox")
    String page(HttpServletRequest request, Model model) {
        if (!demo || !ClientAddress.isThisMachine(request)) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        model.addAttribute(
                "letters",
                transactions.read(
                        Acting.visitor(),
                        database -> List.copyOf(database.fetch(
                                        "select recipient, template, locale, details::text as details from identity.waiting_mails()",
                                        new Object[0])
                                .map(row -> {
                                    Letter letter = Letter.of(
                                            messages,
                                            url,
                                            row.get("template", String.class),
                                            row.get("locale", String.class),
                                            JsonMapper.shared().readValue(row.get("details", String.class), DETAILS));
                                    return new Waiting(
                                            row.get("recipient", String.class), letter.subject(), letter.lines());
                                }))));
        return "platform/outbox";
    }

    /** A letter on the page. */
    public record Waiting(String recipient, String subject, List<Letter.Line> lines) {}
}
