import type { Insistence, Question } from './api-calls.ts';
import type { FaultCloud } from './fault-cloud.ts';
import type { Fault } from './faults.ts';
import type { World } from './world.ts';

/** What a flow works with. */
export interface Stage {
  readonly cloud: FaultCloud;
  readonly at: World;
  /** Access tokens of the local users. */
  readonly agent: string;
  readonly administrator: string;
  /** What `prepare` keeps for `act`, and `act` for `observe`. */
  readonly kept: Map<string, string>;
  /** Calls the API, again after a server error; the answer becomes part of what the flow is judged by. */
  ask(method: string, path: string, question?: Question): Promise<Insistence>;
}

/** Something that people do, from the first request to the last write. */
export interface Flow {
  readonly name: string;
  /** The functions whose calls are disturbed in this flow, as `<area>-<name>`. */
  readonly covers: readonly string[];
  /** It makes many calls of one operation: the one in their middle and the last are disturbed, the others are like those of other flows. */
  readonly many?: boolean;
  /** What must be there before; nothing is disturbed yet. */
  prepare?(stage: Stage): Promise<void>;
  /** Faults that belong to the flow itself. */
  readonly given?: readonly Fault[];
  /** What a request that is asked again may be answered instead, because the first time has done it. */
  readonly done?: readonly number[];
  /** What some of its requests are answered, which are meant to be refused. */
  readonly refusals?: readonly number[];
  /** Answers hold what other runs left: only their status is looked at. */
  readonly shared?: boolean;
  act(stage: Stage): Promise<void>;
  /** What happens, whole, while a call of `act` is held. */
  meanwhile?(stage: Stage): Promise<void>;
  /** What it came to, as text in which two runs that came to the same are equal. */
  observe(stage: Stage): Promise<string>;
}
