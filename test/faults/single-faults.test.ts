import { appendFileSync } from 'node:fs';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { startFaultCloud } from './fault-cloud.ts';
import { faultRunner, injectionsOf, type Reference } from './fault-run.ts';
import { FAULTS, UNNOTICED } from './faults.ts';
import { deadLetters } from './queues.ts';
import { callText } from './service-call.ts';
import { STATEMENT_FLOWS } from './statement-flows.ts';

/** Which of all faults are tried: `<first>/<step>`. The step of the bounded run is a prime number, so that each kind of fault and each call has its turn. */
const [first = 0, step = 97] = (process.env['FAULTS'] ?? '0/97').split('/').map(Number);
/** Only those whose description fits, to look at one again. */
const ONLY = new RegExp(process.env['FAULTS_ONLY'] ?? '', 'u');

const cloud = await startFaultCloud();
const runner = await faultRunner(cloud);
const references: Reference[] = [];
for (const flow of STATEMENT_FLOWS) references.push({ flow, outcome: await runner.run(flow, [], true) });
const every = references.flatMap(injectionsOf);
const tried = every.filter(({ reference: { flow }, fault }, index) => index % step === first && ONLY.test(`${flow.name}: ${callText(fault.call)} ${FAULTS[fault.kind]}`));
console.log(`faults: ${every.length} of ${every.filter(({ fault: { kind } }) => kind === 'throttled').length} calls, of which ${tried.length} are tried`);

afterAll(() => cloud.stop());

/** A long run can be followed, and counted, in a file: a line of JSON for each fault. */
const REPORT = process.env['FAULTS_REPORT'];
afterEach(({ task: { name, suite, result } }) => {
  if (REPORT === undefined) return;
  const errors = result?.errors?.map(({ message, diff }) => ({ message, diff }));
  appendFileSync(REPORT, `${JSON.stringify({ flow: suite?.name, name, survived: errors === undefined, errors })}\n`);
});

describe.each(references.filter((reference) => tried.some((one) => one.reference === reference)))('$flow.name', (reference) => {
  const injections = tried.filter((one) => one.reference === reference);
  it.each(injections.map(({ fault }) => [`${callText(fault.call)} ${FAULTS[fault.kind]}`, fault] as const))('comes to the same where %s', async (_, fault) => {
    const { flow, outcome: undisturbed } = reference;
    const outcome = await runner.run(flow, [fault], fault.call.operation === 'jwks.json');
    expect(outcome.done.has(fault)).toBe(true);
    expect(outcome.state).toBe(undisturbed.state);
    expect(await deadLetters(cloud)).toBe(0);
    if (!UNNOTICED.has(fault.kind)) return;
    expect(outcome.asked).toBe(undisturbed.asked);
    expect(outcome.answers).toEqual(undisturbed.answers);
  });
});
