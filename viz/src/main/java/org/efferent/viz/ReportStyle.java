package org.efferent.viz;

/**
 * The look of a {@link Report}. Its colours stand here once, as custom properties, so that a test
 * reckons the contrast of each pair by day and by night.
 */
final class ReportStyle {
  private ReportStyle() {}

  static final String CSS =
      """
      :root { color-scheme: light dark; --ground: #ffffff; --text: #1a1a1a; --soft: #595959;
        --line: #c8c8c8; --stripe: #f4f6f8; --link: #005a8f; }
      @media (prefers-color-scheme: dark) {
        :root { --ground: #16191d; --text: #e8e8e8; --soft: #b4b9bf;
          --line: #4a5058; --stripe: #20252b; --link: #8ac8f0; } }
      html { font: 100%/1.55 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif;
        background: var(--ground); color: var(--text); }
      body { margin: 0 auto; max-width: 60rem; padding: 1.5rem 1rem 4rem; }
      h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 1rem; }
      h2 { font-size: 1.35rem; line-height: 1.25; margin: 2.4rem 0 .6rem;
        padding-top: .5rem; border-top: 1px solid var(--line); }
      p, dd { max-width: 44rem; }
      a { color: var(--link); }
      nav ul { list-style: none; padding: 0; margin: 0 0 1rem; }
      nav li { display: inline-block; margin: 0 1.2rem .3rem 0; }
      .highlight strong { font-size: 2rem; line-height: 1.1; margin-right: .5rem; }
      figure { margin: 1.5rem 0; }
      .plate { background: #ffffff; padding: .5rem; border: 1px solid var(--line);
        border-radius: .4rem; overflow: hidden; }
      .plate svg, .plate img { display: block; max-width: 100%; height: auto; margin: 0 auto; }
      figcaption, caption { color: var(--soft); font-size: .95rem; }
      figcaption { margin-top: .5rem; max-width: 44rem; }
      .wide { overflow-x: auto; margin: 1.5rem 0; }
      table { border-collapse: collapse; min-width: 50%; }
      caption { text-align: left; padding-bottom: .4rem; }
      th, td { padding: .35rem .8rem .35rem .4rem; text-align: left; vertical-align: top;
        border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
      thead th { border-bottom: 2px solid var(--soft); overflow-wrap: normal; }
      tbody th { font-weight: 600; }
      tbody tr:nth-child(even) { background: var(--stripe); }
      td.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
      .pair { display: grid; grid-template-columns: 1fr 1fr; gap: .8rem; }
      .pair p { margin: 0 0 .3rem; font-weight: 600; }
      .copy { color: var(--soft); font-size: .9rem; margin-top: .4rem; }
      .copy summary { cursor: pointer; }
      .copy pre { user-select: all; overflow-x: auto; max-height: 20rem; margin: .4rem 0 0;
        padding: .5rem; border: 1px solid var(--line); color: var(--text); tab-size: 4; }
      dt { font-weight: 600; margin-top: .8rem; }
      dd { margin: 0 0 0 1.2rem; }
      @media print {
        :root { color-scheme: light; --ground: #ffffff; --text: #000000; --soft: #333333;
          --line: #999999; --stripe: #ffffff; --link: #000000; }
        body { max-width: none; padding: 0; font-size: 10pt; }
        nav, .copy { display: none; }
        figure, tr, dt, .highlight { break-inside: avoid; }
        h2, dt, caption, thead { break-after: avoid; }
        thead { display: table-header-group; }
        .wide { overflow: visible; }
        .plate { border: 0; padding: 0; break-inside: avoid; }
        .plate svg, .plate img { max-height: 20cm; }
        @page { margin: 16mm 14mm; } }
      """;
}
