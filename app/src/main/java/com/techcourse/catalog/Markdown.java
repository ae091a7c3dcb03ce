package com.techcourse.catalog;

import java.util.Set;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.NodeRenderer;
import org.commonmark.renderer.html.HtmlNodeRendererContext;
import org.commonmark.renderer.html.HtmlRenderer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Texts of instructors as HTML: their own HTML is shown as text, dangerous links lose their target, headings keep below the page's. */
@Component
public final class Markdown {

    private final Parser parser = Parser.builder().build();
    private final HtmlRenderer renderer = HtmlRenderer.builder()
            .escapeHtml(true)
            .sanitizeUrls(true)
            .nodeRendererFactory(LowerHeadings::new)
            .build();

    public String html(@Nullable String markdown) {
        return markdown == null ? "" : renderer.render(parser.parse(markdown));
    }

    /** A page has one h1, its own; and images from elsewhere would tell others who reads, so their text stands for them. */
    private record LowerHeadings(HtmlNodeRendererContext context) implements NodeRenderer {

        @Override
        public Set<Class<? extends Node>> getNodeTypes() {
            return Set.of(Heading.class, Image.class);
        }

        @Override
        public void render(Node node) {
            if (node instanceof Heading heading) {
                String tag = "h" + Math.min(heading.getLevel() + 1, 6);
                context.getWriter().line();
                context.getWriter().tag(tag);
                children(node);
                context.getWriter().tag("/" + tag);
                context.getWriter().line();
            } else {
                children(node);
            }
        }

        private void children(Node node) {
            for (Node child = node.getFirstChild(); child != null; child = child.getNext()) {
                context.render(child);
            }
        }
    }
}
