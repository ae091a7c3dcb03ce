package com.techcourse.platform.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DestinationTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "10.1.2.3",
                "172.16.0.1",
                "192.168.1.1",
                "169.254.169.254",
                "0.0.0.0",
                "100.64.0.1",
                "192.0.2.1",
                "198.18.0.1",
                "224.0.0.1",
                "255.255.255.255",
                "::1",
                "::",
                "fe80::1",
                "fc00::1",
                "fd12::1",
                "ff02::1",
                "::ffff:10.0.0.1",
                "64:ff9b::a00:1",
                "2002:a00:1::",
                "2001::1",
                "2001:db8::1"
            })
    void notForTheOutside(String address) throws UnknownHostException {
        assertThat(Destination.isPublic(InetAddress.getByName(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"93.184.216.34", "8.8.8.8", "172.32.0.1", "100.128.0.1", "2606:4700::1111"})
    void outside(String address) throws UnknownHostException {
        assertThat(Destination.isPublic(InetAddress.getByName(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://10.0.0.1/",
                "https://[fd00::1]/",
                "http://8.8.8.8/",
                "https://127.0.0.1/",
                "https://2130706433/"
            })
    void nothingIsSentThere(String url) {
        assertThatThrownBy(() -> Destination.of(URI.create(url), false))
                .isInstanceOfAny(Destination.Forbidden.class, UnknownHostException.class);
    }

    @Test
    void thisMachineWhereItIsAllowed() throws Exception {
        assertThat(Destination.of(URI.create("http://127.0.0.1:8080/a?b"), true).pathAndQuery())
                .isEqualTo("/a?b");
    }
}
