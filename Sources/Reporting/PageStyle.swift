import Plotting

/// The page's own style sheet: light, dark, paper, and screens as narrow as a phone's.
enum PageStyle {
    static let css =
        ChartStyle.css + """

            :root { --page: #f5f6f8; --card: #ffffff; --ink: #1d2939; --faint: #667085; --rule: #e4e7ec;
              --good: #17803d; --bad: #c0281f; --warn: #9a6700; --good-soft: #e7f6ec;
              --bad-soft: #fdecea; --warn-soft: #fdf4dc; --link: #2f6fde }
            @media (prefers-color-scheme: dark) { :root { --page: #10151d; --card: #182030;
              --ink: #e6ebf2; --faint: #98a5b8; --rule: #2b3444; --good: #5fd08a; --bad: #f28b82;
              --warn: #e6b450; --good-soft: #163324; --bad-soft: #3a1f1f; --warn-soft: #352b12;
              --link: #6ea8fe } }
            * { box-sizing: border-box }
            html { -webkit-text-size-adjust: 100% }
            body { margin: 0; background: var(--page); color: var(--ink);
              font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif }
            main { max-width: 68rem; margin: 0 auto; padding: 1.5rem 1rem 3rem }
            header { padding: .5rem 0 1rem }
            h1 { font-size: 1.7rem; line-height: 1.2; margin: .2rem 0; overflow-wrap: anywhere }
            h2 { font-size: 1.25rem; margin: 2.2rem 0 .6rem; overflow-wrap: anywhere }
            h3 { font-size: 1rem; margin: 0 0 .5rem }
            p { margin: .4rem 0 }
            .faint { color: var(--faint) }
            .brand { display: flex; align-items: center; gap: .5rem; color: var(--faint);
              font-size: .85rem; letter-spacing: .02em }
            .brand svg { width: 1.5rem; height: 1.5rem; fill: currentColor }
            .card { background: var(--card); border: 1px solid var(--rule); border-radius: .7rem;
              padding: 1rem 1.1rem; margin: .8rem 0; break-inside: avoid; min-width: 0 }
            .card.long { break-inside: auto }
            .grid { display: grid; gap: .8rem; grid-template-columns: repeat(auto-fit, minmax(22rem, 1fr)) }
            .grid > .card { margin: 0 }
            .tiles { display: grid; gap: .8rem; margin: .8rem 0;
              grid-template-columns: repeat(auto-fill, minmax(14rem, 1fr)) }
            .tile { background: var(--card); border: 1px solid var(--rule); border-radius: .7rem;
              padding: .8rem 1rem; break-inside: avoid; min-width: 0 }
            .tile .name { color: var(--faint); font-size: .82rem; overflow-wrap: anywhere }
            .tile .value { font-size: 1.65rem; font-weight: 650; line-height: 1.25;
              font-variant-numeric: tabular-nums }
            .tile .change { font-size: .85rem; font-variant-numeric: tabular-nums }
            .badge { display: inline-block; border-radius: 1rem; padding: .1rem .7rem; font-size: .82rem;
              font-weight: 650; vertical-align: middle; white-space: nowrap }
            .badge.good { background: var(--good-soft); color: var(--good) }
            .badge.bad { background: var(--bad-soft); color: var(--bad) }
            .badge.warn { background: var(--warn-soft); color: var(--warn) }
            .good-ink { color: var(--good) } .bad-ink { color: var(--bad) } .warn-ink { color: var(--warn) }
            .scroll { overflow-x: auto; -webkit-overflow-scrolling: touch }
            table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums;
              font-size: .9rem }
            th { text-align: left; color: var(--faint); font-weight: 550; font-size: .78rem;
              white-space: nowrap; padding: .3rem .6rem .3rem 0; border-bottom: 1px solid var(--rule) }
            td { padding: .34rem .6rem .34rem 0; border-bottom: 1px solid var(--rule);
              vertical-align: top }
            tr:last-child td { border-bottom: 0 }
            td.num, th.num { text-align: right; white-space: nowrap }
            td .wrap { display: inline-block; white-space: normal; min-width: 9rem; max-width: 20rem }
            td { white-space: nowrap }
            td .note { display: block; color: var(--faint); font-size: .8rem }
            td.num + td:not(.num), th.num + th:not(.num) { padding-left: .4rem }
            .interval { width: 8rem; min-width: 8rem }
            .meter { display: inline-block; width: 5.5rem; height: .5rem; border-radius: .25rem;
              background: var(--rule); overflow: hidden; vertical-align: middle; margin-right: .5rem }
            .meter > i { display: block; height: 100%; background: var(--s1) }
            .text { overflow-wrap: anywhere; white-space: pre-wrap; max-width: 24rem; min-width: 8rem }
            .legend { display: flex; flex-wrap: wrap; gap: .2rem 1rem; margin: .3rem 0 0; padding: 0;
              font-size: .82rem; color: var(--faint); list-style: none }
            .legend li { overflow-wrap: anywhere }
            .facts { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1rem; margin: 0;
              font-size: .9rem }
            .facts dt { color: var(--faint) } .facts dd { margin: 0; overflow-wrap: anywhere; min-width: 0 }
            code, .digest { font: .85em ui-monospace, "SFMono-Regular", Menlo, Consolas, monospace;
              overflow-wrap: anywhere }
            pre { white-space: pre-wrap; overflow-wrap: anywhere; margin: .4rem 0; font-size: .82rem }
            ul.plain { list-style: none; margin: .4rem 0; padding: 0 }
            ul.plain li { margin: .25rem 0 }
            nav { display: flex; flex-wrap: wrap; gap: .3rem 1rem; margin: .6rem 0 0; font-size: .9rem }
            nav a { color: var(--link); text-decoration: none }
            details > summary { cursor: pointer; color: var(--faint); font-size: .9rem }
            footer { color: var(--faint); font-size: .82rem; margin-top: 2.5rem }
            @media (max-width: 34rem) { main { padding: 1rem .7rem 2rem } h1 { font-size: 1.35rem }
              .facts { grid-template-columns: 1fr } .facts dt { margin-top: .35rem }
              .tiles { grid-template-columns: repeat(2, 1fr) } .grid { grid-template-columns: 1fr } }
            @media print { :root { --page: #fff; --card: #fff; --ink: #1d2939; --faint: #667085;
              --rule: #e4e7ec; --good: #17803d; --bad: #c0281f; --warn: #9a6700; --good-soft: #e7f6ec;
              --bad-soft: #fdecea; --warn-soft: #fdf4dc; --link: #1d2939 }
              body { font-size: 10.5pt; -webkit-print-color-adjust: exact; print-color-adjust: exact }
              main { max-width: none; padding: 0 } nav { display: none } h2, h3 { break-after: avoid }
              .scroll { overflow: visible } tr { break-inside: avoid } td { white-space: normal }
              .tiles { grid-template-columns: repeat(4, 1fr) } td .wrap { min-width: 0 }
              table { font-size: 8.5pt } .interval { width: 5rem; min-width: 5rem }
              .grid { grid-template-columns: 1fr 1fr } @page { margin: 14mm } }
            """
}
