/** A worker that dies at one of its steps: every call of a port is a step before and a step after. */
export interface BreakingOff {
  /** A port whose calls are steps. */
  through<Port extends object>(port: Port): Port;
  /** Steps taken so far. */
  steps(): number;
  /** Dies at this step, once; `undefined` never. */
  at(step: number | undefined): void;
}

/** Stands for the end of a process: nothing of ours may swallow it. */
export class BrokenOff extends Error {}

export function breakingOff(): BreakingOff {
  let taken = 0;
  let last: number | undefined;
  const step = (name: string) => {
    taken += 1;
    if (taken !== last) return;
    last = undefined;
    throw new BrokenOff(`broke off at step ${taken}: ${name}`);
  };
  return {
    steps: () => taken,
    at: (next) => {
      taken = 0;
      last = next;
    },
    through: (port) =>
      new Proxy(port, {
        get(target, name) {
          const member: unknown = Reflect.get(target, name);
          if (typeof member !== 'function') return member;
          return (...given: unknown[]) => {
            step(`before ${String(name)}`);
            const result: unknown = Reflect.apply(member, target, given);
            if (!(result instanceof Promise)) return result;
            return result.then((value: unknown) => {
              step(`after ${String(name)}`);
              return value;
            });
          };
        },
      }),
  };
}
