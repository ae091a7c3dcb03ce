package com.techcourse.platform.cluster;

import com.techcourse.platform.programs.Installed;
import com.techcourse.platform.programs.PrivateFile;
import com.techcourse.platform.programs.Run;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The cluster's own authority and a certificate for each machine, made by openssl; what is there already is kept. */
record Certificates(Path folder) {

    private static final String CA_DAYS = "3650";
    private static final String DAYS = "730";

    void make(String cluster) {
        try {
            PrivateFile.folder(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (Files.notExists(folder.resolve("ca.crt"))) {
            openssl(
                    "The authority of the certificates",
                    Stream.of("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"),
                    Stream.of("-days", CA_DAYS, "-subj", "/CN=" + cluster + " authority"),
                    Stream.of("-keyout", file("ca.key"), "-out", file("ca.crt")));
        }
    }

    /** For a machine, under its name and each of its addresses. */
    void make(String machine, List<String> addresses) throws IOException {
        if (Files.exists(folder.resolve(machine + ".crt"))) {
            return;
        }
        Path extensions = folder.resolve(machine + ".ext");
        PrivateFile.write(
                extensions,
                "basicConstraints=CA:FALSE\nextendedKeyUsage=serverAuth,clientAuth\nsubjectAltName="
                        + Stream.concat(
                                        Stream.of("DNS:" + machine, "DNS:localhost"),
                                        addresses.stream().map(Certificates::name))
                                .distinct()
                                .collect(Collectors.joining(","))
                        + "\n");
        openssl(
                "The key of " + machine,
                Stream.of("req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"),
                Stream.of(
                        "-subj", "/CN=" + machine, "-keyout", file(machine + ".key"), "-out", file(machine + ".csr")));
        openssl(
                "The certificate of " + machine,
                Stream.of(
                        "x509", "-req", "-in", file(machine + ".csr"), "-CA", file("ca.crt"), "-CAkey", file("ca.key")),
                Stream.of("-CAcreateserial", "-days", DAYS, "-extfile", extensions.toString()),
                Stream.of("-out", file(machine + ".crt")));
        Files.delete(extensions);
        Files.delete(folder.resolve(machine + ".csr"));
    }

    private static String name(String address) {
        return (address.matches("[0-9.]+|[0-9a-fA-F:]*:[0-9a-fA-F:]*") ? "IP:" : "DNS:") + address;
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    @SafeVarargs
    private static void openssl(String what, Stream<String>... arguments) {
        Run.of(Stream.concat(
                                Stream.of(Installed.path("openssl")),
                                Stream.of(arguments).flatMap(part -> part))
                        .toList())
                .orRefuse(what);
    }
}
