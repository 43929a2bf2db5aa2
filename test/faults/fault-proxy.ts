import { Agent, createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { Endpoints } from '../../lib/local/service-endpoints.ts';
import { givenBack, halved } from './batch-halves.ts';
import type { Fault, FaultKind } from './faults.ts';
import { belated, quickened, visibilityIn } from './quickened.ts';
import { type DisturbedService, invocationOf, operationOf, type ServiceCall, type ServiceRequest } from './service-call.ts';
import { complaintOf, type ServiceAnswer } from './service-errors.ts';

/** Stands between each function and each service, at the network: the function cannot tell. */
export interface FaultProxy {
  /** The addresses that a function is given instead of these. */
  endpointsOf(functionName: string, endpoints: Endpoints): Promise<Endpoints>;
  /** Stands between a function and a service of somebody else's. @param target its base address @returns the address to give to the function */
  front(functionName: string, service: DisturbedService, target: string): Promise<string>;
  /** From now on counts calls anew and does these faults. */
  arm(faults: readonly Fault[]): void;
  /** Holds a call until something else has happened, whole; to be said after `arm`. */
  hold(call: ServiceCall, meanwhile: () => Promise<void>): void;
  /** Has what is still on its way arrive. @returns whether there was something */
  settle(): Promise<boolean>;
  /** Calls since then, in the order in which they came. */
  readonly calls: readonly ServiceCall[];
  /** For how long, in seconds, functions asked SQS to hide the messages that they failed: before it was quickened. */
  readonly hidden: readonly number[];
  /** The armed faults that happened. */
  readonly done: ReadonlySet<Fault>;
  stop(): Promise<void>;
}

interface Incoming extends ServiceRequest {
  readonly body: Buffer;
}

interface Hold {
  readonly call: ServiceCall;
  readonly meanwhile: () => Promise<void>;
  /** Of the call that it was, once it has come. */
  invocation: string | undefined;
  happening: Promise<void> | undefined;
}

/** A request that its sender believes to be lost. */
interface Straggler {
  readonly invocation: string | undefined;
  /** Its sender has asked again, and was answered. */
  isRepeated: boolean;
  readonly arrive: () => Promise<unknown>;
}

const LATE_ANSWER_MS = 300;

/** @param kill ends the processes of a function */
export function faultProxy(kill: (functionName: string) => Promise<void>): FaultProxy {
  const agent = new Agent({ keepAlive: true });
  const servers: Server[] = [];
  let armed: readonly Fault[] = [];
  let calls: ServiceCall[] = [];
  let done = new Set<Fault>();
  /** What was decided for a call holds for its repetitions; `undefined` once a fault that happens once has happened. */
  let decided = new Map<string, Fault | undefined>();
  let counts = new Map<string, number>();
  let held: Hold | undefined;
  let hidden: number[] = [];
  let straggler: Straggler | undefined;

  /** To be said when a request was done: what straggles behind its own repetition arrives behind the next thing that is done. */
  const letArrive = async (invocation: string | undefined): Promise<void> => {
    if (straggler === undefined) return;
    const { isRepeated, arrive } = straggler;
    if (straggler.invocation === invocation) straggler.isRepeated = true;
    if (straggler.invocation === invocation || !isRepeated) return;
    straggler = undefined;
    await arrive();
  };

  /** The first attempt at the held call begins what happens meanwhile; those that the client makes while it waits wait too. */
  const waitFor = async (invocation: string | undefined, call: ServiceCall | undefined): Promise<void> => {
    if (held === undefined) return;
    if (held.invocation === undefined && call !== undefined && meets({ call: held.call }, call)) {
      held.invocation = invocation ?? crypto.randomUUID();
      held.happening = held.meanwhile();
    }
    if (held.invocation === invocation) await held.happening;
  };

  /** The fault that this attempt meets. */
  const faultOf = (functionName: string, service: DisturbedService, incoming: Incoming): Fault | undefined => {
    const invocation = invocationOf(incoming) ?? crypto.randomUUID();
    if (decided.has(invocation)) return decided.get(invocation);
    const operation = operationOf(service, incoming);
    const counted = `${functionName} ${service} ${operation}`;
    const nth = (counts.get(counted) ?? 0) + 1;
    counts.set(counted, nth);
    const call = { functionName, service, operation, nth };
    calls.push(call);
    const fault = armed.find((one) => meets(one, call));
    if (fault !== undefined) done.add(fault);
    decided.set(invocation, fault !== undefined && lasts(fault.kind) ? fault : undefined);
    return fault;
  };

  const serve = async (functionName: string, service: DisturbedService, target: string, question: IncomingMessage, answer: ServerResponse): Promise<void> => {
    const incoming: Incoming = { method: question.method ?? 'GET', url: question.url ?? '/', headers: question.headers, body: await bodyOf(question) };
    // Forms and links are used by whoever was given them.
    const fromOutside = service === 's3' && invocationOf(incoming) === undefined;
    const before = calls.length;
    const fault = fromOutside ? undefined : faultOf(functionName, service, incoming);
    await waitFor(invocationOf(incoming), calls[before]);
    // Whoever waited too long has asked again.
    if (question.socket.destroyed) return;
    const forward = (body = incoming.body) => forwarded(agent, target, { ...incoming, body: service === 'sqs' ? quickened(operationOf(service, incoming), body) : body });
    if (service === 'sqs' && operationOf(service, incoming) === 'ChangeMessageVisibility') hidden.push(visibilityIn(incoming.body));
    const write = ({ status, headers, body }: ServiceAnswer | Forwarded) => answer.writeHead(status, headers).end(body);
    const cut = () => question.socket.destroy();
    const tear = ({ status, headers, body }: Forwarded) => {
      answer.writeHead(status, headers).write(body.subarray(0, Math.floor(body.length / 2)), cut);
    };
    const bySdk = invocationOf(incoming) !== undefined;
    const kind = fault?.kind;
    switch (kind) {
      case undefined: {
        const answered = await forward();
        await letArrive(invocationOf(incoming));
        return void write(answered);
      }
      case 'throttled':
      case 'broken':
      case 'denied':
        return void write(complaintOf(service, kind, bySdk));
      case 'cut-before':
        return void cut();
      case 'cut-after':
        await forward();
        return void cut();
      case 'delayed':
        await delay(LATE_ANSWER_MS);
        return void write(await forward());
      case 'failed-after':
        await forward();
        return void write(complaintOf(service, 'denied', bySdk));
      case 'killed-before':
        await kill(functionName);
        return void cut();
      case 'killed-after':
        await forward();
        await kill(functionName);
        return void cut();
      case 'partly': {
        const { kept, left } = halved(incoming.body);
        return void write(givenBack(await forward(kept), left));
      }
      case 'twice':
        await forward();
        return void write(await forward());
      case 'late':
        return void write(await forwarded(agent, target, { ...incoming, body: belated(incoming.body) }));
      case 'straggling':
        straggler = { invocation: invocationOf(incoming), isRepeated: false, arrive: forward };
        return void cut();
      case 'silent':
        return;
      case 'torn':
        return void tear(await forward());
      default:
        return kind satisfies never;
    }
  };

  const listen = (functionName: string, service: DisturbedService, target: string): Promise<string> => {
    const server = createServer((question, answer) => {
      serve(functionName, service, target, question, answer).catch(() => question.socket.destroy());
    });
    servers.push(server);
    return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${portOf(server.address())}`)));
  };

  return {
    async endpointsOf(functionName, endpoints) {
      const name = functionName.replace(/^reconciliation-[a-z]+-/, '');
      const front = (service: keyof Endpoints) => listen(name, service, endpoints[service]);
      const [dynamodb, sqs, s3, cognito, mail, sms] = await Promise.all([front('dynamodb'), front('sqs'), front('s3'), front('cognito'), front('mail'), front('sms')]);
      return { dynamodb, sqs, s3, cognito, mail, sms };
    },
    front: listen,
    async settle() {
      if (straggler === undefined) return false;
      const { arrive } = straggler;
      straggler = undefined;
      await arrive();
      return true;
    },
    arm(faults) {
      armed = faults;
      calls = [];
      done = new Set();
      decided = new Map();
      counts = new Map();
      held = undefined;
      hidden = [];
      straggler = undefined;
    },
    get hidden() {
      return hidden;
    },
    hold(call, meanwhile) {
      held = { call, meanwhile, invocation: undefined, happening: undefined };
    },
    get calls() {
      return calls;
    },
    get done() {
      return done;
    },
    async stop() {
      agent.destroy();
      await Promise.all(
        servers.map((server) => {
          server.closeAllConnections();
          return new Promise((resolve) => server.close(resolve));
        }),
      );
    },
  };
}

function meets({ call, forGood = false }: Pick<Fault, 'call' | 'forGood'>, { functionName, service, operation, nth }: ServiceCall): boolean {
  const same = call.functionName === functionName && call.service === service && call.operation === operation;
  return same && (forGood ? nth >= call.nth : nth === call.nth);
}

/** Whether the repetitions of a call meet the fault as well. */
function lasts(kind: FaultKind): boolean {
  return kind === 'denied' || kind === 'failed-after' || kind === 'killed-before' || kind === 'killed-after';
}

interface Forwarded {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

function forwarded(agent: Agent, target: string, { method, url, headers, body }: Incoming): Promise<Forwarded> {
  const { hostname, port } = new URL(target);
  const { 'transfer-encoding': _, expect: __, ...kept } = headers;
  return new Promise((resolve, reject) => {
    const outgoing = request({ agent, hostname, port, method, path: url, headers: { ...kept, 'content-length': String(body.length) } }, (answer) => {
      bodyOf(answer).then((bytes) => resolve({ status: answer.statusCode ?? 502, headers: plainHeaders(answer, bytes.length), body: bytes }), reject);
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

function plainHeaders({ headers }: IncomingMessage, bytes: number): Readonly<Record<string, string>> {
  const given = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined || name === 'transfer-encoding' || name === 'connection' ? [] : [[name, String(value)] as const],
  );
  return { ...Object.fromEntries(given), 'content-length': String(bytes) };
}

async function bodyOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('not a port');
  return address.port;
}
