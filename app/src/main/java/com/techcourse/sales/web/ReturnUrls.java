package com.techcourse.sales.web;

import com.techcourse.platform.api.Refused;
import com.techcourse.platform.mail.PublicUrl;
import java.net.URI;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Where buyers may be sent back to: pages of the academy and of its allowed origins, so that no link leads astray. */
@Component
class ReturnUrls {

    private static final int LONGEST = 2000;

    private final PublicUrl publicUrl;
    private final List<String> origins;

    ReturnUrls(PublicUrl publicUrl, @Value("${techcourse.allowed-origins:}") List<String> origins) {
        this.publicUrl = publicUrl;
        this.origins = origins;
    }

    URI checked(String wanted) {
        try {
            URI url = URI.create(wanted.matches("/(?![/\\\\]).*") ? publicUrl.of(wanted) : wanted);
            String home = publicUrl.of("");
            boolean ours = wanted.length() <= LONGEST
                    && (isBelow(url, home) || origins.stream().anyMatch(o -> isBelow(url, o)));
            if (ours) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            // no address at all
        }
        throw new Refused("invalid-value", "It is no page of this academy or of an allowed origin.", "return_url");
    }

    private static boolean isBelow(URI url, String origin) {
        URI home = URI.create(origin);
        return home.getHost() != null
                && home.getHost().equalsIgnoreCase(url.getHost())
                && home.getPort() == url.getPort()
                && home.getScheme().equalsIgnoreCase(url.getScheme())
                && url.getUserInfo() == null;
    }
}
