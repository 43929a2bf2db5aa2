import { appendFileSync } from 'node:fs';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { startFaultCloud } from './fault-cloud.ts';
import { disturbedCalls, drawnPairs, faultRunner, inTurn, type Pair, type Reference } from './fault-run.ts';
import { FAULTS, isUnnoticed } from './faults.ts';
import { LOST, PAIRED, SINGLE, survivedIn } from './figures.ts';
import { FLOWS } from './flows.ts';
import { leaksIn } from './marks.ts';
import { deadLetters, emptyDeadLetters } from './queues.ts';
import { REFUSED } from './refused-flow.ts';
import { callText } from './service-call.ts';

/** Which of all faults are tried: `<first>/<step>`, in an order in which the flows take turns. Without it a few. */
const GIVEN = process.env['FAULTS'];
const [first = 0, step = 1] = (GIVEN ?? '0/1').split('/').map(Number);
const AT_MOST = GIVEN === undefined ? 8 : Number.POSITIVE_INFINITY;
/** Only those whose description fits, to look at one again. */
const ONLY = new RegExp(process.env['FAULTS_ONLY'] ?? '', 'u');
/** After so many minutes no more are begun: what was not tried is said to be skipped. */
const END = Date.now() + Number(process.env['FAULTS_MINUTES'] ?? '1000000') * 60_000;
/** Only the flows whose name fits. */
const FLOW = new RegExp(process.env['FAULTS_FLOW'] ?? '', 'u');
/** Of those some, `<first>/<step>`: each has an undisturbed run first, which takes its time. */
const [firstFlow = 0, flowStep = 1] = (process.env['FAULTS_FLOWS'] ?? (GIVEN === undefined ? '0/10' : '0/1')).split('/').map(Number);

/** A folder of reports: what they say was survived is not tried again. */
const TRIED = process.env['FAULTS_TRIED'];
const survived = TRIED === undefined ? new Set<string>() : await survivedIn(TRIED);

/** How many pairs of faults are tried beside the single ones, and which. */
const PAIRS = Number(process.env['FAULTS_PAIRS'] ?? (GIVEN === undefined ? '2' : '0'));
const SEED = Number(process.env['FAULTS_SEED'] ?? '1');

const cloud = await startFaultCloud();
const runner = await faultRunner(cloud);
const references: Reference[] = [];
for (const flow of FLOWS.filter(({ name }) => FLOW.test(name)).filter((_, index) => index % flowStep === firstFlow))
  references.push({ flow, outcome: await runner.run(flow, [], true) });
const every = inTurn(references);
const text = ({ reference: { flow }, fault }: (typeof every)[number]) => `${flow.name}: ${callText(fault.call)} ${FAULTS[fault.kind]}`;
const meant = every.filter((injection, index) => index % step === first && ONLY.test(text(injection)));
const tried = meant.filter((injection) => !survived.has(SINGLE + text(injection))).slice(0, AT_MOST);
const unanswered = references
  .flatMap(({ flow, outcome }) => outcome.requests.map((request, index) => [`${flow.name}: ${request} (${index + 1})`, { flow, outcome, nth: index + 1 }] as const))
  .filter(([name]) => ONLY.test(name) && !survived.has(LOST + name));
const pairs = drawnPairs(references, PAIRS, SEED);
const pairText = ({ reference: { flow }, faults }: Pair) => `${flow.name}: ${faults.map(({ call, kind }) => `${callText(call)} ${FAULTS[kind]}`).join(', and ')}`;
console.log(
  `faults: ${every.length} of ${every.filter(({ fault: { kind } }) => kind === 'throttled').length} calls in ${references.length} flows, of which ${tried.length} are tried`,
);

afterAll(() => cloud.stop());

/** A long run can be followed, and counted, in a file: a line of JSON for each fault. */
const REPORT = process.env['FAULTS_REPORT'];
const report = (line: object) => {
  if (REPORT !== undefined) appendFileSync(REPORT, `${JSON.stringify(line)}\n`);
};
for (const reference of references) {
  const { name } = reference.flow;
  report({ flow: name, calls: disturbedCalls(reference).length, faults: every.filter(({ reference: { flow } }) => flow.name === name).length });
}
afterEach(async ({ task: { name, result } }) => {
  const errors = result?.errors?.map(({ message, diff }) => ({ message, diff }));
  if (result?.state !== 'skip' && (name.startsWith(SINGLE) || name.startsWith(LOST) || name.startsWith(PAIRED))) report({ tried: name, survived: errors === undefined, errors });
  // What one fault left behind is not the next one's.
  if (errors !== undefined) await emptyDeadLetters(cloud);
});

describe('no line of any function holds a phone number, a name, a password, a token, a row or an event', () => {
  it.each(references.map(({ flow: { name }, outcome }) => [name, outcome.leaks] as const))('in %s', (_, leaks) => {
    expect(leaks).toEqual([]);
  });

  it.runIf(firstFlow === 0)('in what is refused: rows, names, passwords, tokens, addresses, files, messages', async () => {
    const before = cloud.lines.length;
    expect((await runner.run(REFUSED, [])).leaks).toEqual([]);
    expect(cloud.lines.length).toBeGreaterThan(before);
  });

  it('where it does, is found by its words, and by the secrets of its run', () => {
    const secret = 'a'.repeat(30);
    expect(leaksIn(['{"message":"0501020304"}', '{"message":"w00001.json"}', `{"error":"${secret}"}`, '{"message":"done"}'], [secret])).toHaveLength(3);
  });
});

describe('undisturbed, every request is granted, but for those that are meant to be refused', () => {
  it.each(references.map(({ flow: { name, refusals = [] }, outcome: { statuses } }) => [name, { refusals, statuses }] as const))('in %s', (_, { refusals, statuses }) => {
    const refused = statuses.filter((status) => status >= 400);
    expect([...new Set(refused)].sort()).toEqual([...refusals].sort());
  });
});

// Nothing is left to try where all was survived before; where nothing is meant, somebody is mistaken.
if (meant.length === 0 && pairs.length === 0 && unanswered.length === 0) throw new Error('no fault is meant');

describe.runIf(tried.length > 0)('a fault', () => {
  it.for(tried.map((injection) => [text(injection), injection] as const))(`${SINGLE}%s`, async ([_, { reference, fault }], { skip }) => {
    if (Date.now() > END) skip();
    const { flow, outcome: undisturbed } = reference;
    const outcome = await runner.run(flow, [fault], fault.call.operation === 'jwks.json');
    expect(outcome.leaks).toEqual([]);
    expect(outcome.state).toBe(undisturbed.state);
    // A machine that is busy with something else delivers twice by itself: a call that only such a run makes is not there in every other.
    if (!outcome.done.has(fault)) skip('the call never came');
    expect(await deadLetters(cloud)).toBe(0);
    expect(outcome.undocumented).toEqual([]);
    for (const [index, status] of outcome.statuses.entries()) expect([undisturbed.statuses[index], ...(flow.done ?? [])]).toContain(status);
    if (!isUnnoticed(fault)) return;
    expect(outcome.asked).toBe(undisturbed.asked);
    expect(outcome.statuses).toEqual(undisturbed.statuses);
    if (flow.shared !== true && flow.given === undefined) expect(outcome.answers).toEqual(undisturbed.answers);
  });
});

describe.runIf(unanswered.length > 0)('an answer that the gateway loses', () => {
  it.for(unanswered)(`${LOST}%s`, async ([_, { flow, outcome: undisturbed, nth }], { skip }) => {
    if (Date.now() > END) skip();
    const outcome = await runner.unanswered(flow, nth);
    expect(outcome.requests.length).toBeGreaterThanOrEqual(nth);
    expect(outcome.undocumented).toEqual([]);
    expect(outcome.leaks).toEqual([]);
    expect(outcome.state).toBe(undisturbed.state);
    expect(await deadLetters(cloud)).toBe(0);
    for (const [index, status] of outcome.statuses.entries()) expect([undisturbed.statuses[index], ...(flow.done ?? [])]).toContain(status);
  });
});

describe.runIf(pairs.length > 0)('two faults of one run', () => {
  it.for(pairs.map((pair) => [pairText(pair), pair] as const))(`${PAIRED}%s`, async ([_, { reference, faults }], { skip }) => {
    if (Date.now() > END) skip();
    const { flow, outcome: undisturbed } = reference;
    const outcome = await runner.run(flow, faults);
    expect(outcome.leaks).toEqual([]);
    expect(outcome.state).toBe(undisturbed.state);
    expect(await deadLetters(cloud)).toBe(0);
    expect(outcome.undocumented).toEqual([]);
    for (const [index, status] of outcome.statuses.entries()) expect([undisturbed.statuses[index], ...(flow.done ?? [])]).toContain(status);
    if (!faults.every((fault) => outcome.done.has(fault))) skip('one of the two calls never came');
  });
});
