package com.techcourse.platform;

import com.techcourse.platform.postgres.DatabaseProblem;
import com.techcourse.platform.postgres.DatabaseUrl;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Base64;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * How the application signs in. On a server of its own nobody hands it a password: it is derived from the owner's, so
 * that any number of nodes agree without sharing a file, and it changes when the owner's does.
 */
record AppSignIn(DatabaseUrl owner, DatabaseUrl app) {

    private static final String ROLE = "techcourse_app";
    private static final Set<String> REFUSED = Set.of("28P01", "28000");

    static DatabaseUrl derived(DatabaseUrl owner) {
        return owner.withUser(ROLE, hmac(owner.password(), ROLE));
    }

    private static String hmac(String key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            // a server that trusts its clients needs no password: the derived one is then never looked at
            byte[] secret = (key.isEmpty() ? "trusted" : key).getBytes(StandardCharsets.UTF_8);
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has HmacSHA256.", e);
        }
    }

    /** Anybody could compute a password that is derived from no secret. */
    private void refuseToDeriveFromNothing(SQLException refused) {
        if (owner.password().isEmpty()) {
            throw new DatabaseProblem(
                    "The server refuses " + ROLE + ", and without the owner's password none can be derived for it.",
                    "Write the owner's password into TECHCOURSE_DATABASE_URL.",
                    refused);
        }
    }

    /** Signs in; the password is set only where it is refused, by the owner. */
    Connection connect() {
        try {
            return connectedOrEnabled();
        } catch (SQLException e) {
            throw DatabaseProblem.of(app, e);
        }
    }

    private Connection connectedOrEnabled() throws SQLException {
        try {
            return app.connect();
        } catch (SQLException e) {
            if (!REFUSED.contains(String.valueOf(e.getSQLState()))) {
                throw e;
            }
            refuseToDeriveFromNothing(e);
        }
        try (Connection connection = owner.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "alter role " + ROLE + " password '" + app.password().replace("'", "''") + "'");
        }
        return app.connect();
    }
}
