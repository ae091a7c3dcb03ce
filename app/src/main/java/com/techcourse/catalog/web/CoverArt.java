package com.techcourse.catalog.web;

import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** Draws the cover of a course as SVG, out of nothing but its slug: the same slug, the same picture, on every node. */
final class CoverArt {

    private static final int WIDTH = 640;
    private static final int HEIGHT = 400;
    private static final int TILE = 80;

    /** Ground first, then four inks that stand on it. */
    private static final List<List<String>> PALETTES = List.of(
            List.of("#12343b", "#e9c46a", "#f4a261", "#2d6a6f", "#f6efe1"),
            List.of("#2b2d5b", "#ff8a5b", "#fcecc9", "#5b5fc7", "#f2c14e"),
            List.of("#f3e9dc", "#c8553d", "#2f4858", "#f28f3b", "#588b8b"),
            List.of("#0f4c3a", "#f5cb5c", "#e8eddf", "#3a8f6b", "#ff7f51"),
            List.of("#43192f", "#f7b267", "#f4845f", "#8d3b72", "#fde8d0"),
            List.of("#dfe9f3", "#1d3557", "#e63946", "#457b9d", "#f1a208"),
            List.of("#1b2a41", "#5bc0be", "#f9f5e3", "#3a506b", "#ff9f6e"),
            List.of("#e7ecdf", "#335c4b", "#d1603d", "#8aa899", "#ddb967"));

    private final SplittableRandom random;
    private final List<String> palette;
    private final StringBuilder svg = new StringBuilder(4096);

    private CoverArt(long seed) {
        random = new SplittableRandom(seed);
        palette = PALETTES.get(random.nextInt(PALETTES.size()));
    }

    static String of(String slug) {
        return new CoverArt(seed(slug)).draw();
    }

    /** FNV-1a, 64 bits: never another number in another version of Java. */
    private static long seed(String slug) {
        return slug.chars().asLongStream().reduce(0xcbf29ce484222325L, (hash, c) -> (hash ^ c) * 0x100000001b3L);
    }

    private String draw() {
        List<Consumer<CoverArt>> designs = List.of(
                CoverArt::quarters,
                CoverArt::rings,
                CoverArt::waves,
                CoverArt::columns,
                CoverArt::dots,
                CoverArt::steps);
        add("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\">", WIDTH, HEIGHT);
        add("<path fill=\"%s\" d=\"M0 0h%dv%dH0z\"/>", palette.getFirst(), WIDTH, HEIGHT);
        designs.get(random.nextInt(designs.size())).accept(this);
        return svg.append("</svg>").toString();
    }

    /** Quarter circles on a grid, each turned its own way. */
    private void quarters() {
        for (int y = 0; y < HEIGHT; y += TILE) {
            for (int x = 0; x < WIDTH; x += TILE) {
                switch (random.nextInt(7)) {
                    case 0 -> add("<circle cx=\"%d\" cy=\"%d\" r=\"24\" fill=\"%s\"/>", x + 40, y + 40, ink());
                    case 1 -> {}
                    case 2 -> add("<path fill=\"%s\" d=\"M%d %dh80v80z\"/>", ink(), x, y);
                    default ->
                        add(
                                "<path fill=\"%s\" transform=\"rotate(%d %d %d)\" d=\"M%d %dh80a80 80 0 0 1-80 80z\"/>",
                                ink(), 90 * random.nextInt(4), x + 40, y + 40, x, y);
                }
            }
        }
    }

    /** Rings around a point near a corner. */
    private void rings() {
        int x = random.nextBoolean() ? 90 : WIDTH - 110;
        int y = random.nextBoolean() ? 80 : HEIGHT - 70;
        int first = random.nextInt(4);
        for (int ring = 11; ring >= 1; ring--) {
            String colour = ring % 2 == 0 ? palette.getFirst() : palette.get(1 + (ring / 2 + first) % 4);
            add("<circle cx=\"%d\" cy=\"%d\" r=\"%d\" fill=\"%s\"/>", x, y, ring * 54 - 20, colour);
        }
    }

    /** Hills, one before the other. */
    private void waves() {
        add("<circle cx=\"%d\" cy=\"%d\" r=\"54\" fill=\"%s\"/>", 120 + random.nextInt(400), 105, palette.get(1));
        for (int layer = 0; layer < 5; layer++) {
            int base = 150 + layer * 54;
            int rise = 34 + random.nextInt(40);
            int shift = random.nextInt(160);
            add(
                    "<path fill=\"%s\" d=\"M%d %d",
                    layer % 2 == 0 ? palette.get(3) : palette.get(4 - layer / 2), -shift, base);
            for (int x = -shift; x < WIDTH; x += 320) {
                add("q80 %d 160 0t160 0", -rise * 2);
            }
            add("V%dH%dz\"/>", HEIGHT, -shift);
        }
    }

    /** Rounded columns of different heights. */
    private void columns() {
        for (int x = 20; x < WIDTH - 20; x += 40) {
            int height = 60 + random.nextInt(280);
            add(
                    "<rect x=\"%d\" y=\"%d\" width=\"28\" height=\"%d\" rx=\"14\" fill=\"%s\"/>",
                    x + 6, (HEIGHT - height) / 2, height, ink());
        }
    }

    /** A field of dots that swells towards one point. */
    private void dots() {
        int centreX = 120 + random.nextInt(400);
        int centreY = 80 + random.nextInt(240);
        String inner = ink();
        String outer = palette.get(3);
        for (int y = 20; y < HEIGHT; y += 40) {
            for (int x = 20; x < WIDTH; x += 40) {
                double distance = Math.hypot(x - centreX, y - centreY);
                int radius = (int) Math.max(3, 20 - distance / 19);
                add("<circle cx=\"%d\" cy=\"%d\" r=\"%d\" fill=\"%s\"/>", x, y, radius, distance < 190 ? inner : outer);
            }
        }
    }

    /** Slanted bands with gaps. */
    private void steps() {
        for (int row = 0; row < 5; row++) {
            int x = -120 + random.nextInt(120);
            while (x < WIDTH) {
                int length = 90 + random.nextInt(200);
                add("<path fill=\"%s\" d=\"M%d %dh%dl-50 62h-%dz\"/>", ink(), x + 50, row * 80 + 9, length, length);
                x += length + 22;
            }
        }
    }

    private String ink() {
        return palette.get(1 + random.nextInt(4));
    }

    private void add(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values));
    }
}
