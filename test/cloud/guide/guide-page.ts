/** A command of a page, and what it is said to answer. */
export interface Step {
  /** Who calls: the word behind `console`, or the first person of the guide. */
  readonly person: string;
  readonly command: string;
  readonly answer: string;
}

const BLOCK = /```console(?: (?<person>\w+))?\n(?<body>.*?)```/gsu;

/**
 * The commands of a page in their order: in a block ```console, or ```console NAME, a line that begins with `$ ` is a command, which goes on where it ends with a
 * backslash; what follows is its answer.
 */
export function stepsOf(page: string, firstPerson: string): readonly Step[] {
  return [...page.matchAll(BLOCK)].flatMap(({ groups = {} }) => blockSteps(groups['body'] ?? '', groups['person'] ?? firstPerson));
}

/** The page with what its commands answered now. */
export function withAnswers(page: string, steps: readonly Step[]): string {
  const left = [...steps];
  return page.replaceAll(BLOCK, (_, person: string | undefined, body: string) => {
    const count = blockSteps(body, '').length;
    const answered = left.splice(0, count).map(({ command, answer }) => `$ ${command}\n${answer}`);
    return `\`\`\`console${person === undefined ? '' : ` ${person}`}\n${answered.join('')}\`\`\``;
  });
}

/** Amounts with thousands apart that stand in the text of a page, and in no answer: nobody knows whether they are still true. */
export function unprovenAmounts(page: string): readonly string[] {
  const proven = [...page.matchAll(BLOCK)].map(([block]) => block).join('\n');
  const amounts = page.replaceAll(BLOCK, '').match(/\d{1,3}(?: \d{3})+(?!\d)/gu) ?? [];
  return amounts.filter((amount) => !new RegExp(`(?<!\\d ?)${amount}(?! ?\\d)`, 'u').test(proven));
}

function blockSteps(body: string, person: string): readonly Step[] {
  return body
    .split(/^\$ /mu)
    .slice(1)
    .map((text) => {
      const [whole = ''] = /^(?:[^\n]*\\\n)*[^\n]*\n/u.exec(text) ?? [];
      return { person, command: whole.trimEnd(), answer: text.slice(whole.length) };
    });
}
