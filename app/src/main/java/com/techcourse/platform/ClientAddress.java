package com.techcourse.platform;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.util.Optional;

/** Where a request comes from; a proxy may pass on a word instead of an address, such as {@code unknown} (RFC 7239). */
public final class ClientAddress {

    private ClientAddress() {}

    /** As text without a zone; empty for a word. */
    public static Optional<String> of(HttpServletRequest request) {
        return parsed(request).map(address -> address.getHostAddress().replaceFirst("%.*", ""));
    }

    public static boolean isThisMachine(HttpServletRequest request) {
        return parsed(request).filter(InetAddress::isLoopbackAddress).isPresent();
    }

    private static Optional<InetAddress> parsed(HttpServletRequest request) {
        try {
            return Optional.of(InetAddress.ofLiteral(request.getRemoteAddr()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
