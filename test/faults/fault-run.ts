import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { Operator } from '../../lib/core/operator.ts';
import { randomOf } from '../../lib/local/sample/random.ts';
import { type Insistence, insist, tokenOf } from './api-calls.ts';
import type { FaultCloud } from './fault-cloud.ts';
import { type Fault, faultsOf, S3 } from './faults.ts';
import type { Flow, Stage } from './flow.ts';
import { leaksIn } from './marks.ts';
import { normalised } from './normalised.ts';
import { workIsDone } from './queues.ts';
import { callText, type ServiceCall } from './service-call.ts';
import { operatorOf, world } from './world.ts';

/** What a flow came to. */
export interface Outcome {
  /** In which two runs that came to the same are equal. */
  readonly state: string;
  /** Each answer that a caller got, in the same way. */
  readonly answers: readonly string[];
  readonly statuses: readonly number[];
  /** Lines that functions wrote meanwhile and that hold what they may not. */
  readonly leaks: readonly string[];
  /** Server errors that a caller met and the API does not document. */
  readonly undocumented: readonly string[];
  /** How often the request that was asked most often was asked. */
  readonly asked: number;
  /** Each request of a caller, in the order in which they came. */
  readonly requests: readonly string[];
  readonly calls: readonly ServiceCall[];
  readonly done: ReadonlySet<Fault>;
}

export interface Reference {
  readonly flow: Flow;
  readonly outcome: Outcome;
}

export interface Injection {
  readonly reference: Reference;
  readonly fault: Fault;
}

/** Runs flows on one cloud, one after the other. */
export interface FaultRunner {
  /** Runs a flow with faults; without, it is undisturbed. @param cold with a new copy of each function that the flow covers */
  run(flow: Flow, faults: readonly Fault[], cold?: boolean): Promise<Outcome>;
  /** Runs a flow in which the answer to one request is lost on its way from the gateway: its caller asks again. @param nth 1 for the first request */
  unanswered(flow: Flow, nth: number): Promise<Outcome>;
  /** Runs a flow and holds one of its calls until what it has happen meanwhile is over. */
  race(flow: Flow, held: ServiceCall): Promise<Outcome>;
}

export async function faultRunner(cloud: FaultCloud): Promise<FaultRunner> {
  const agent = await tokenOf(cloud, 'agent');
  const administrator = await tokenOf(cloud, 'administrateur');
  let runs = 0;
  const run = async (flow: Flow, faults: readonly Fault[], { cold = false, held, lost }: Circumstances = {}): Promise<Outcome> => {
    runs += 1;
    const written = cloud.lines.length;
    const at = world(runs);
    const answers: Insistence[] = [];
    const requests: string[] = [];
    const stage: Stage = {
      cloud,
      at,
      agent,
      administrator,
      kept: new Map(),
      async ask(method, path, question) {
        requests.push(`${method} ${path.replaceAll(at.tag, '<tag>').replaceAll(/\d+/gu, '<n>')}`);
        if (requests.length === lost) await insist(cloud, method, path, question);
        const answer = await insist(cloud, method, path, question);
        answers.push(answer);
        return answer;
      },
    };
    await putOperator(cloud, operatorOf(at));
    await flow.prepare?.(stage);
    answers.length = 0;
    requests.length = 0;
    if (cold) for (const functionName of flow.covers.filter((name) => name !== S3)) await cloud.cloud.functionNamed(`reconciliation-local-${functionName}`).kill();
    const all = [...(flow.given ?? []), ...faults];
    cloud.proxy.arm(all);
    let met = held === undefined;
    if (held !== undefined) {
      cloud.proxy.hold(held, async () => {
        met = true;
        await flow.meanwhile?.(stage);
      });
    }
    await flow.act(stage);
    if (await cloud.proxy.settle()) await workIsDone(cloud);
    if (!met) throw new Error('the call that was to be held never came');
    const { calls, done } = cloud.proxy;
    cloud.proxy.arm([]);
    const state = await flow.observe(stage);
    return {
      state,
      answers: answers.map(({ status, body }) => normalised({ status, body }, at)),
      statuses: answers.map(({ status }) => status),
      leaks: leaksIn(cloud.lines.slice(written), stage.kept.values()),
      undocumented: answers.flatMap((answer) => answer.undocumented),
      asked: Math.max(1, ...answers.map(({ asked }) => asked)),
      requests,
      calls: [...calls],
      done: new Set(done),
    };
  };
  return {
    run: (flow, faults, cold = false) => run(flow, faults, { cold }),
    unanswered: (flow, lost) => run(flow, [], { lost }),
    race: (flow, held) => run(flow, [], { held }),
  };
}

interface Circumstances {
  readonly cold?: boolean;
  readonly held?: ServiceCall;
  /** Which request's answer is lost. */
  readonly lost?: number;
}

async function putOperator({ dynamodb, registryTable }: FaultCloud, operator: Operator): Promise<void> {
  const { id, code } = operator;
  const items = [
    { ...operator, pk: 'operateur', sk: code },
    { code, pk: 'operateur-numero', sk: String(id).padStart(12, '0') },
  ];
  for (const item of items) await dynamodb.send(new PutItemCommand({ TableName: registryTable, Item: marshall(item, { removeUndefinedValues: true }) }));
}

/** The calls that a flow's functions made undisturbed, and that are disturbed. */
export function disturbedCalls({ flow: { covers, many = false }, outcome }: Reference): readonly ServiceCall[] {
  const calls = outcome.calls.filter(({ functionName }) => covers.includes(functionName));
  if (!many) return calls;
  return [...Map.groupBy(calls, ({ functionName, service, operation }) => `${functionName} ${service} ${operation}`).values()].flatMap((alike) => {
    const last = Math.max(...alike.map(({ nth }) => nth));
    return alike.filter(({ nth }) => nth === Math.ceil(last / 2) || nth === last);
  });
}

/** Every fault of every one of these calls. */
function injectionsOf(reference: Reference): readonly Injection[] {
  return disturbedCalls(reference).flatMap((call) => faultsOf(call).map((fault) => ({ reference, fault })));
}

/** Two faults of one run. */
export interface Pair {
  readonly reference: Reference;
  readonly faults: readonly [Fault, Fault];
}

/** Pairs of faults at two calls of one flow, drawn from all that there are: there are too many to try each. @param seed draws the same at every run */
export function drawnPairs(references: readonly Reference[], count: number, seed: number): readonly Pair[] {
  const random = randomOf(seed, 0);
  const lists = references.map((reference) => injectionsOf(reference)).filter((list) => new Set(list.map(({ fault }) => callText(fault.call))).size > 1);
  const pairs: Pair[] = [];
  while (lists.length > 0 && pairs.length < count) {
    const list = lists[pairs.length % lists.length] ?? [];
    const drawn = () => list[random.below(list.length)];
    const [one, other] = [drawn(), drawn()];
    if (one !== undefined && other !== undefined && callText(one.fault.call) !== callText(other.fault.call))
      pairs.push({ reference: one.reference, faults: [one.fault, other.fault] });
  }
  return pairs;
}

/** Far apart in a list, so that neighbours in turn are neither of one call nor of one kind. */
const STRIDE = 101;

/** The calls after so many of one operation are like those before: their turn comes last. */
const MANY = 4;

/** A flow's turn: its functions are warm then. The first is short, so that something of each is seen soon. */
const [FIRST_TURN, TURN] = [1, 8];

/** Every fault of every flow, one flow after the other and then from the first again: a run that is cut off has seen something of each. */
export function inTurn(references: readonly Reference[]): readonly Injection[] {
  const lists = references.map((reference, flowIndex) => {
    const all = injectionsOf(reference);
    const [early, late] = [true, false].map((wanted) => all.filter(({ fault }) => fault.call.nth <= MANY === wanted));
    return [...spread(early ?? [], flowIndex), ...spread(late ?? [], flowIndex)];
  });
  const longest = Math.max(...lists.map(({ length }) => length));
  const turns = Array.from({ length: Math.ceil(longest / TURN) }, (_, index) => FIRST_TURN + index * TURN);
  return [lists.flatMap((list) => list.slice(0, FIRST_TURN)), ...turns.map((from) => lists.flatMap((list) => list.slice(from, from + TURN)))].flat();
}

function spread<Item>(items: readonly Item[], from: number): readonly Item[] {
  const left = [...items];
  const taken: Item[] = [];
  for (let at = from * 7; left.length > 0; at += STRIDE) taken.push(...left.splice(at % left.length, 1));
  return taken;
}
