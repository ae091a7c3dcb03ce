package com.techcourse.catalog.exchange;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.xml.stream.XMLStreamException;

/** The items of a QTI file: one item, or a content package with its manifest. Unpacked in memory, within limits. */
final class QtiPackage {

    static final int MOST_FILES = 2_000;
    static final int MOST_BYTES = 32 << 20;
    private static final String MANIFEST = "imsmanifest.xml";

    private QtiPackage() {}

    /** By their names in the package. */
    static Map<String, byte[]> items(byte[] file) {
        if (file.length < 4 || file[0] != 'P' || file[1] != 'K') {
            return Map.of("item.xml", file);
        }
        Map<String, byte[]> files = unpacked(file);
        Map<String, byte[]> items = new LinkedHashMap<>();
        byte[] manifest = files.get(MANIFEST);
        if (manifest == null) {
            throw new UnreadableFile("the package has no " + MANIFEST);
        }
        for (String href : hrefs(manifest)) {
            byte[] item = files.get(href);
            items.put(href, item == null ? new byte[0] : item);
        }
        if (items.isEmpty()) {
            throw new UnreadableFile("the manifest of the package names no item");
        }
        return items;
    }

    private static List<String> hrefs(byte[] manifest) {
        try {
            return XmlReading.root(manifest)
                    .descendants("resource")
                    .filter(resource -> resource.attribute("type").startsWith("imsqti_item_xmlv2p"))
                    .map(resource -> resource.attribute("href"))
                    .toList();
        } catch (XMLStreamException e) {
            throw new UnreadableFile("the manifest is not well-formed XML");
        }
    }

    private static Map<String, byte[]> unpacked(byte[] file) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        long left = MOST_BYTES;
        int entries = 0;
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(file))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (++entries > MOST_FILES) {
                    throw new UnreadableFile("the package has more than " + MOST_FILES + " files");
                }
                if (entry.isDirectory()) {
                    continue;
                }
                // what counts is what comes out, whatever the entry says of its size
                byte[] content = zip.readNBytes((int) left + 1);
                left -= content.length;
                if (left < 0) {
                    throw new UnreadableFile("the package unpacks to more than " + MOST_BYTES + " bytes");
                }
                files.putIfAbsent(safe(entry.getName()), content);
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new UnreadableFile("the package is no readable zip file");
        }
        return files;
    }

    /** Nothing is written to disk; a name that climbs out is refused nevertheless. */
    private static String safe(String name) {
        String slashed = name.replace('\\', '/');
        List<String> steps = new ArrayList<>(List.of(slashed.split("/", -1)));
        if (slashed.startsWith("/") || slashed.contains(":") || steps.contains("..")) {
            throw new UnreadableFile("the package names a file outside of itself");
        }
        steps.removeIf(step -> step.isEmpty() || step.equals("."));
        return String.join("/", steps);
    }
}
