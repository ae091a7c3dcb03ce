package com.techcourse.identity.web;

import com.google.zxing.WriterException;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.ByteMatrix;
import com.google.zxing.qrcode.encoder.Encoder;

/**
 * A QR code to be drawn by the page itself, so that its secret is in no address and no other file.
 *
 * @param path of an SVG: a bar for each run of dark modules
 * @param side of the drawing in modules, with the quiet zone
 */
public record QrCode(String path, int side) {

    private static final int QUIET = 4;

    static QrCode of(String text) {
        try {
            ByteMatrix modules = Encoder.encode(text, ErrorCorrectionLevel.L).getMatrix();
            StringBuilder path = new StringBuilder();
            for (int y = 0; y < modules.getHeight(); y++) {
                row(modules, y, path);
            }
            return new QrCode(path.toString(), modules.getWidth() + 2 * QUIET);
        } catch (WriterException e) {
            throw new IllegalArgumentException("The text is too long for a QR code.", e);
        }
    }

    private static void row(ByteMatrix modules, int y, StringBuilder path) {
        int x = 0;
        while (x < modules.getWidth()) {
            int run = 0;
            while (x + run < modules.getWidth() && modules.get(x + run, y) == 1) {
                run++;
            }
            if (run > 0) {
                path.append('M').append(x + QUIET).append(' ').append(y + QUIET);
                path.append('h').append(run).append("v1h-").append(run).append('z');
            }
            x += run + 1;
        }
    }
}
