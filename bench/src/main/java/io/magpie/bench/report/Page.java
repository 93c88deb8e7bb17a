package io.magpie.bench.report;

/// What all pages have in common.
final class Page {
    private static final String STYLE = """
            :root{color-scheme:light dark;--paper:#fff;--ink:#1c1e21;--faint:#5c6370;--line:#d9dce1;--good:#1a7f37;--bad:#c62828;
            --c0:#0b69c7;--c1:#c2410c;--c2:#15803d;--c3:#7e22ce;--c4:#a16207;--c5:#be185d}
            @media(prefers-color-scheme:dark){:root{--paper:#15171a;--ink:#e6e8eb;--faint:#9aa2ad;--line:#353a41;--good:#4ade80;--bad:#ff8a80;
            --c0:#5aa9ff;--c1:#fb923c;--c2:#4ade80;--c3:#c084fc;--c4:#facc15;--c5:#f472b6}}
            *{box-sizing:border-box}body{margin:0 auto;max-width:1200px;padding:1rem;background:var(--paper);color:var(--ink);
            font:16px/1.5 system-ui,sans-serif}h1{font-size:1.6rem;margin:.5rem 0}h2{font-size:1.2rem;margin:2.5rem 0 .25rem}
            h3{font-size:.95rem;font-weight:600;margin:0 0 .25rem}p{margin:.25rem 0 1rem;color:var(--faint)}
            .scroll{overflow-x:auto;margin:1rem 0}table{border-collapse:collapse;font-variant-numeric:tabular-nums;font-size:.9rem}
            th,td{padding:.3rem .7rem;text-align:right;border-bottom:1px solid var(--line);white-space:nowrap}
            th:first-child,td:first-child{text-align:left;padding-left:0}.wrap td:first-child{white-space:normal;min-width:11rem}
            th{font-weight:600;color:var(--faint)}.good{color:var(--good)}.bad{color:var(--bad);font-weight:600}
            .plots{display:grid;grid-template-columns:repeat(auto-fit,minmax(300px,1fr));gap:1.5rem}figure{margin:0;max-width:480px}
            svg{width:100%;height:auto;display:block}svg text{font:11px system-ui,sans-serif;fill:var(--ink)}
            .end{text-anchor:end}.middle{text-anchor:middle}.grid{stroke:var(--line);stroke-width:1}
            .dot{fill:var(--paper);stroke:var(--ink);stroke-width:1.2}polyline{fill:none;stroke-width:2}
            rect.c0{fill:var(--c0)}rect.c1{fill:var(--c1)}rect.c2{fill:var(--c2)}rect.c3{fill:var(--c3)}rect.c4{fill:var(--c4)}rect.c5{fill:var(--c5)}
            polyline.c0{stroke:var(--c0)}polyline.c1{stroke:var(--c1)}polyline.c2{stroke:var(--c2)}polyline.c3{stroke:var(--c3)}
            polyline.c4{stroke:var(--c4)}polyline.c5{stroke:var(--c5)}
            .key{font-size:.85rem;margin:.25rem 0}.key span{margin-right:.9rem;white-space:nowrap}.key i{display:inline-block;width:.8em;height:.8em;
            border-radius:2px;margin-right:.3em}i.c0{background:var(--c0)}i.c1{background:var(--c1)}i.c2{background:var(--c2)}
            i.c3{background:var(--c3)}i.c4{background:var(--c4)}i.c5{background:var(--c5)}code{font-size:.9em;overflow-wrap:anywhere}
            """;

    private Page() {}

    static String html(String title, String body) {
        return "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
                + "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>" + escape(title)
                + "</title><style>\n" + STYLE + "</style></head><body>\n" + body + "</body></html>\n";
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
