package com.techcourse.platform.mail;

import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * Letters are written by functions of the database, in the transaction of what they tell; {@code identity.queue_mail()}
 * keeps them. The application gives what only it knows.
 */
public final class Mails {

    private Mails() {}

    /** {@code name} and {@code link}: what {@code mail.TEMPLATE.text} of the message files names as {0} and {1}. */
    public static String json(Map<String, String> details) {
        return JsonMapper.shared().writeValueAsString(details);
    }
}
