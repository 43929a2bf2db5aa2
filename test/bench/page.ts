/** What stands between these lines is written by `--write`; each case has its own pair within it, so that one can be measured without the others. */
const FIGURES = marks('figures');

/** The page with the figures of the cases that were measured; those of the others stay. @param names of all cases, in their order @throws Error where a mark is missing */
export function pageWith(page: string, measured: ReadonlyMap<string, string>, names: readonly string[]): string {
  const sections = names.flatMap((name) => {
    const text = measured.get(name) ?? between(page, marks(name));
    return text === undefined ? [] : [`${marks(name).begin}\n${text.trim()}\n${marks(name).end}\n`];
  });
  const start = page.indexOf(FIGURES.begin);
  const end = page.indexOf(FIGURES.end);
  if (start === -1 || end < start) throw new Error('the page has no place for figures');
  return `${page.slice(0, start + FIGURES.begin.length)}\n\n${sections.join('\n')}\n${page.slice(end)}`;
}

function marks(name: string) {
  return { begin: `<!-- ${name} -->`, end: `<!-- end of ${name} -->` };
}

function between(page: string, { begin, end }: ReturnType<typeof marks>): string | undefined {
  const start = page.indexOf(begin);
  return start === -1 ? undefined : page.slice(start + begin.length, page.indexOf(end, start));
}
