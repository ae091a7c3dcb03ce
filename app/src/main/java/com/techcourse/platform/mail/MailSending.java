package com.techcourse.platform.mail;

import com.techcourse.platform.Acting;
import com.techcourse.platform.ActingTransactions;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.UnsupportedEncodingException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jooq.Record;
import org.jooq.exception.DataAccessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.mail.MailException;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.mail.javamail.MimeMessageHelper;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends what is due. Each letter is handed to one node at a time; if that node dies before the mail server's answer is
 * noted, another sends it again under the same Message-ID. Without {@code TECHCOURSE_SMTP_URL} letters wait.
 */
@Component
@Lazy(false)
class MailSending {

    private static final Logger LOG = LoggerFactory.getLogger(MailSending.class);
    private static final TypeReference<Map<String, String>> DETAILS = new TypeReference<>() {};
    private static final int AT_ONCE = 20;
    private static final int MOST_TRIES = 12;

    private final ActingTransactions transactions;
    private final MessageSource messages;
    private final PublicUrl publicUrl;
    private final String url;
    private final String authorities;
    private final String from;

    MailSending(
            ActingTransactions transactions,
            MessageSource messages,
            PublicUrl publicUrl,
            @Value("${techcourse.smtp-url:}") String url,
            @Value("${techcourse.smtp-ca:}") String authorities,
            @Value("${techcourse.mail-from:TechCourse <no-reply@localhost>}") String from) {
        this.transactions = transactions;
        this.messages = messages;
        this.publicUrl = publicUrl;
        this.url = url;
        this.authorities = authorities;
        this.from = from;
    }

    @Scheduled(initialDelay = 2, fixedDelay = 1, timeUnit = TimeUnit.SECONDS)
    void sendWhatIsDue() {
        if (url.isEmpty()) {
            return;
        }
        try {
            JavaMailSenderImpl server = SmtpServer.at(url, authorities);
            List<Record> due = take();
            while (!due.isEmpty()) {
                due.forEach(letter -> send(server, letter));
                due = take();
            }
        } catch (DataAccessException e) {
            LOG.warn("Letters could not be read; the next try is in a second: SQLSTATE {}", e.sqlState());
        }
    }

    @Scheduled(initialDelay = 5, fixedDelay = 60, timeUnit = TimeUnit.MINUTES)
    void clearOldLetters() {
        try {
            transactions.write(
                    Acting.visitor(), database -> database.execute("select identity.clear_mails(interval '30 days')"));
        } catch (DataAccessException e) {
            LOG.warn("Old letters were not cleared away: SQLSTATE {}", e.sqlState());
        }
    }

    private List<Record> take() {
        return transactions.write(
                Acting.visitor(),
                database -> List.copyOf(database.fetch(
                        "select id, recipient, template, locale, details::text as details from identity.take_mails(?, interval '2 minutes')",
                        AT_ONCE)));
    }

    private void send(JavaMailSenderImpl server, Record letter) {
        UUID id = letter.get("id", UUID.class);
        try {
            server.send(message(server, letter));
            transactions.writeRepeatably(
                    Acting.visitor(), database -> database.execute("select identity.mail_sent(?)", id));
        } catch (MailException | MessagingException | UnsupportedEncodingException e) {
            boolean givenUp = transactions.writeRepeatably(
                    Acting.visitor(),
                    database -> Boolean.TRUE.equals(
                            database.fetchValue("select identity.mail_failed(?, ?, ?)", id, reason(e), MOST_TRIES)));
            LOG.warn(
                    "Letter {} was not taken by the mail server ({}).{}",
                    id,
                    reason(e),
                    givenUp ? " It is given up." : "");
        }
    }

    /** Its kind, and that of its cause: what a server answers may hold the address. */
    private static String reason(Exception failure) {
        return failure.getClass().getSimpleName() + ", "
                + NestedExceptionUtils.getMostSpecificCause(failure).getClass().getSimpleName();
    }

    private MimeMessage message(JavaMailSenderImpl server, Record row)
            throws MessagingException, UnsupportedEncodingException {
        Map<String, String> details = JsonMapper.shared().readValue(row.get("details", String.class), DETAILS);
        Letter letter = Letter.of(
                messages, publicUrl, row.get("template", String.class), row.get("locale", String.class), details);
        MimeMessage message = new StableMessage(server.getSession(), row.get("id", UUID.class));
        MimeMessageHelper helper = new MimeMessageHelper(message, true, "UTF-8");
        helper.setFrom(from);
        helper.setTo(row.get("recipient", String.class));
        helper.setSubject(letter.subject());
        helper.setText(letter.text(), letter.html());
        message.setHeader("Auto-Submitted", "auto-generated");
        return message;
    }

    /** The same letter has the same Message-ID, however often it is sent. */
    private static final class StableMessage extends MimeMessage {

        private final UUID id;

        private StableMessage(jakarta.mail.Session session, UUID id) {
            super(session);
            this.id = id;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", "<" + id + "@techcourse>");
        }
    }
}
