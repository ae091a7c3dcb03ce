package com.techcourse.identity.web;

/** What counts as one network address: an IPv4 address, or the 64 bits of IPv6 that one household gets. */
final class AddressBlock {

    private AddressBlock() {}

    static String of(String address) {
        if (address.indexOf(':') < 0) {
            return address;
        }
        try {
            byte[] bytes = java.net.InetAddress.ofLiteral(address).getAddress();
            return bytes.length == 4 ? address : java.util.HexFormat.of().formatHex(bytes, 0, 8);
        } catch (IllegalArgumentException e) {
            return address;
        }
    }
}
