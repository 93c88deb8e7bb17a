package io.magpie.adapter.media;

import java.awt.image.BufferedImage;

/// The colours of a picture in some thirty letters, by the algorithm of blurha.sh.
final class Blurhash {
    private static final String DIGITS =
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#$%*+,-.:;=?@[]^_{|}~";

    private Blurhash() {}

    /// @param image small: each pixel is looked at a dozen times
    static String of(BufferedImage image) {
        boolean wide = image.getWidth() >= image.getHeight();
        int across = wide ? 4 : 3;
        int down = wide ? 3 : 4;
        double[][] factors = new double[across * down][];
        double most = 0;
        for (int y = 0; y < down; y++) {
            for (int x = 0; x < across; x++) {
                double[] factor = factor(image, x, y);
                factors[y * across + x] = factor;
                if (x + y > 0) {
                    for (double part : factor) {
                        most = Math.max(most, Math.abs(part));
                    }
                }
            }
        }
        int quantisedMost = Math.clamp((int) Math.floor(most * 166 - 0.5), 0, 82);
        var hash = new StringBuilder();
        digits(hash, across - 1 + (down - 1) * 9, 1);
        digits(hash, quantisedMost, 1);
        digits(hash, (toByte(factors[0][0]) << 16) + (toByte(factors[0][1]) << 8) + toByte(factors[0][2]), 4);
        for (int i = 1; i < factors.length; i++) {
            digits(hash, detail(factors[i], (quantisedMost + 1) / 166.0), 2);
        }
        return hash.toString();
    }

    private static double[] factor(BufferedImage image, int across, int down) {
        double[] sum = new double[3];
        int width = image.getWidth();
        int height = image.getHeight();
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                double basis = Math.cos(Math.PI * across * x / width) * Math.cos(Math.PI * down * y / height);
                int pixel = image.getRGB(x, y);
                sum[0] += basis * toLinear(pixel >> 16 & 255);
                sum[1] += basis * toLinear(pixel >> 8 & 255);
                sum[2] += basis * toLinear(pixel & 255);
            }
        }
        double scale = (across + down == 0 ? 1.0 : 2.0) / ((double) width * height);
        for (int i = 0; i < sum.length; i++) {
            sum[i] *= scale;
        }
        return sum;
    }

    private static int detail(double[] factor, double most) {
        int value = 0;
        for (double part : factor) {
            double root = Math.copySign(Math.sqrt(Math.abs(part / most)), part);
            value = value * 19 + Math.clamp((int) Math.floor(root * 9 + 9.5), 0, 18);
        }
        return value;
    }

    private static double toLinear(int part) {
        double value = part / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
    }

    private static int toByte(double linear) {
        double value = Math.clamp(linear, 0.0, 1.0);
        return (int)
                (value <= 0.0031308
                        ? value * 12.92 * 255 + 0.5
                        : (1.055 * Math.pow(value, 1 / 2.4) - 0.055) * 255 + 0.5);
    }

    private static void digits(StringBuilder to, int value, int count) {
        int divisor = (int) Math.pow(83, count - 1);
        for (int i = 0; i < count; i++, divisor /= 83) {
            to.append(DIGITS.charAt(value / divisor % 83));
        }
    }
}
