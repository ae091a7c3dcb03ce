package com.techcourse.platform.webhooks;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * Where an event goes. The name is looked up once, and the connection is made to the very address that was checked, so
 * that a name cannot point into the academy's own network between the look and the connection.
 */
record Destination(URI uri, InetAddress address, int port, boolean encrypted) {

    /** Nothing is sent there. */
    static final class Forbidden extends Exception {
        private static final long serialVersionUID = 1;

        Forbidden(String sentence) {
            super(sentence);
        }
    }

    static Destination of(URI uri, boolean loopbackAllowed) throws Forbidden, UnknownHostException {
        boolean encrypted = "https".equals(uri.getScheme());
        int port = uri.getPort() >= 0 ? uri.getPort() : encrypted ? 443 : 80;
        String host = uri.getHost();
        if (host == null) {
            throw new Forbidden("The address names no host.");
        }
        InetAddress[] addresses = InetAddress.getAllByName(host.replaceAll("^\\[|]$", ""));
        if (Arrays.stream(addresses).allMatch(InetAddress::isLoopbackAddress)) {
            if (!loopbackAllowed) {
                throw new Forbidden("The address is this machine itself.");
            }
        } else if (!encrypted) {
            throw new Forbidden("Only https leaves this machine.");
        } else if (!Arrays.stream(addresses).allMatch(Destination::isPublic)) {
            throw new Forbidden("The address lies in a private network.");
        }
        return new Destination(uri, addresses[0], port, encrypted);
    }

    /** Not of this machine, of a local or a shared network, nor reserved. */
    static boolean isPublic(InetAddress address) {
        if (address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return false;
        }
        byte[] bytes = address.getAddress();
        int first = bytes[0] & 0xff;
        int second = bytes[1] & 0xff;
        return switch (address) {
            // this network; shared by providers; special purposes and tests; benchmarks; reserved
            case Inet4Address _ ->
                first != 0
                        && !(first == 100 && (second & 0xc0) == 64)
                        && !(first == 192 && second == 0)
                        && !(first == 198 && (second & 0xfe) == 18)
                        && first < 224;
            // only global unicast, without those that carry an address of version 4 inside
            case Inet6Address _ ->
                (first & 0xe0) == 0x20 && !(first == 0x20 && second == 0x02) && !isTeredoOrTest(bytes);
            default -> false;
        };
    }

    private static boolean isTeredoOrTest(byte[] bytes) {
        int start = (bytes[0] & 0xff) << 24 | (bytes[1] & 0xff) << 16 | (bytes[2] & 0xff) << 8 | bytes[3] & 0xff;
        return start == 0x20010000 || start == 0x20010db8;
    }

    /** What the request line names. */
    String pathAndQuery() {
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
    }

    /** With the port, where it is not the usual one. */
    String host() {
        return uri.getPort() >= 0 ? uri.getHost() + ":" + uri.getPort() : uri.getHost();
    }
}
