package com.techcourse.platform.mail;

import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * Letters are written by functions of the database, in the transaction of what they tell; {@code identity.queue_mail()}
 * keeps them. The application gives what only it knows.
 */
public final class Mails {

    private Mails() {}

    /**
     * {@code name}, {@code link}, {@code from}, {@code what} and {@code message}: what {@code mail.TEMPLATE.text} of the
     * message files names as {0} to {4}.
     */
    public static String json(Map<String, String> details) {
        return JsonMapper.shared().writeValueAsString(details);
    }
}
