import { RESUMED_UNTIL_MS } from '../core/stalled.ts';
import type { Arrivals, Clock, DropFolder, HeardObjects, Waiting } from '../ports.ts';
import { dropKind } from './receive-drop.ts';

export interface UnheardDependencies {
  readonly dropFolder: DropFolder;
  readonly heard: HeardObjects;
  readonly arrivals: Arrivals & Waiting;
  readonly now: Clock;
}

/** S3 tells of an object within seconds, and of some after a minute. */
const UNHEARD_AFTER_MS = 15 * 60_000;

/**
 * Tells of the objects of the drop folder of which S3 has told nobody: its notification was lost, or switched off. Each is told of once; to receive it is not to do twice
 * what was done. While messages wait in the queue of arrivals nothing is unheard that may be among them.
 * @param at the moment at which the clock wanted this run, ISO 8601
 * @returns how many objects were told of
 */
export async function announceUnheard({ dropFolder, heard, arrivals, now }: UnheardDependencies, at: string): Promise<number> {
  if ((await arrivals.waiting()) > 0) return 0;
  const present = Date.parse(at);
  let announced = 0;
  for await (const page of dropFolder.versions()) {
    const candidates = page.filter(({ key, arrivedAt }) => {
      const age = present - arrivedAt;
      return age > UNHEARD_AFTER_MS && age < RESUMED_UNTIL_MS && dropKind(key).kind !== 'nothing';
    });
    for (const object of await heard.missing(candidates)) {
      await arrivals.announce(object);
      await heard.note(object, now());
      announced += 1;
    }
  }
  return announced;
}
