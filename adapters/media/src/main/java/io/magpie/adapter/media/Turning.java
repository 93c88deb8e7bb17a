package io.magpie.adapter.media;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;

/// Draws pictures upright and smaller.
final class Turning {
    private Turning() {}

    /// The picture as [Exif] says it is to be seen, at most so wide and high, in plain RGB (or with alpha).
    static BufferedImage upright(BufferedImage from, int orientation, int mostWide) {
        boolean lies = Exif.lies(orientation);
        int width = lies ? from.getHeight() : from.getWidth();
        int height = lies ? from.getWidth() : from.getHeight();
        double scale = Math.min(1.0, (double) mostWide / Math.max(width, height));
        int toWidth = Math.max(1, (int) Math.round(width * scale));
        int toHeight = Math.max(1, (int) Math.round(height * scale));
        var to = new BufferedImage(
                toWidth,
                toHeight,
                from.getColorModel().hasAlpha() ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = to.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        pen.setRenderingHint(RenderingHints.KEY_RENDERING, RenderingHints.VALUE_RENDER_QUALITY);
        var transform = AffineTransform.getScaleInstance((double) toWidth / width, (double) toHeight / height);
        transform.concatenate(turn(orientation, width, height));
        pen.drawImage(from, transform, null);
        pen.dispose();
        return to;
    }

    /// From the picture as it is stored to one of this width and height.
    private static AffineTransform turn(int orientation, int width, int height) {
        return switch (orientation) {
            case 2 -> new AffineTransform(-1, 0, 0, 1, width, 0);
            case 3 -> new AffineTransform(-1, 0, 0, -1, width, height);
            case 4 -> new AffineTransform(1, 0, 0, -1, 0, height);
            case 5 -> new AffineTransform(0, 1, 1, 0, 0, 0);
            case 6 -> new AffineTransform(0, 1, -1, 0, width, 0);
            case 7 -> new AffineTransform(0, -1, -1, 0, width, height);
            case 8 -> new AffineTransform(0, -1, 1, 0, 0, height);
            default -> new AffineTransform();
        };
    }
}
