import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';

/** What a run of the harness writes about a flow: calls and faults that there are. */
const flowLine = z.object({ flow: z.string(), calls: z.int(), faults: z.int() });
/** What it writes about a fault that was tried. */
const faultLine = z.object({ tried: z.string(), survived: z.boolean() });

/** How the description of a single fault begins. */
export const SINGLE = 'changes nothing where, in ';

/** The same of an answer that is lost between the gateway and its caller, and of two faults. */
export const LOST = 'changes nothing but what is asked twice, in ';
export const PAIRED = 'come to the same where, in ';

/** What came of a run, or of several that shared the faults among them. */
export interface FlowFigures {
  readonly flow: string;
  readonly calls: number;
  readonly faults: number;
  readonly tried: number;
  readonly survived: number;
}

export interface Tries {
  readonly tried: number;
  readonly survived: number;
}

export interface Figures {
  readonly flows: readonly FlowFigures[];
  /** Answers lost between the gateway and its caller. */
  readonly lost: Tries;
  /** Two faults of one run. */
  readonly pairs: Tries;
  /** Descriptions of the faults that were not survived. */
  readonly failed: readonly string[];
}

/** @param files of JSON lines; one that is not there is of a run that did not begin */
export async function figuresOf(files: readonly string[]): Promise<Figures> {
  const { flows: known, faults } = await readReports(files);
  const flows = known.map((flow) => {
    const own = faults.filter(({ tried }) => tried.startsWith(`${SINGLE}${flow.flow}: `));
    return { ...flow, tried: own.length, survived: own.filter(({ survived }) => survived).length };
  });
  const triesOf = (beginning: string): Tries => {
    const own = faults.filter(({ tried }) => tried.startsWith(beginning));
    return { tried: own.length, survived: own.filter(({ survived }) => survived).length };
  };
  return {
    flows,
    lost: triesOf(LOST),
    pairs: triesOf(PAIRED),
    failed: faults.filter(({ survived }) => !survived).map(({ tried }) => tried),
  };
}

/** Descriptions of the faults that runs have tried already, and were survived, by what they wrote into a folder. */
export async function survivedIn(folder: string): Promise<ReadonlySet<string>> {
  const { faults } = await readReports(await reportsIn(folder));
  return new Set(faults.filter(({ survived }) => survived).map(({ tried }) => tried));
}

/** What runs wrote into a folder. */
export async function reportsIn(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => name.endsWith('.jsonl')).map((name) => join(folder, name));
}

async function readReports(files: readonly string[]) {
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8').catch(() => '')));
  const lines = texts.flatMap((text) => text.split('\n')).filter((line) => line !== '');
  const values = lines.map((line): unknown => JSON.parse(line));
  const flows = new Map(values.flatMap((value) => flowLine.safeParse(value).data ?? []).map((flow) => [flow.flow, flow]));
  // Of one that was tried again the last time counts.
  const faults = new Map(values.flatMap((value) => faultLine.safeParse(value).data ?? []).map((fault) => [fault.tried, fault]));
  return { flows: [...flows.values()], faults: [...faults.values()] };
}

/** A table of Markdown, and its sums. */
export function figuresTable({ flows }: Figures): string {
  const sum = (of: (one: FlowFigures) => number) => flows.reduce((total, one) => total + of(one), 0);
  const all = {
    flow: '**all**',
    calls: sum(({ calls }) => calls),
    faults: sum(({ faults }) => faults),
    tried: sum(({ tried }) => tried),
    survived: sum(({ survived }) => survived),
  };
  const rows = [...flows, all].map(({ flow, calls, faults, tried, survived }) => `| ${flow} | ${calls} | ${faults} | ${tried} | ${survived} |`);
  return ['| flow | calls | faults | tried | survived |', '| --- | ---: | ---: | ---: | ---: |', ...rows].join('\n');
}
