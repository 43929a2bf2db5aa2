import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { describedError } from '../../lib/log/described-error.ts';

const NAME = 'Aminata Koné';
const whole = (error: unknown) => JSON.stringify(describedError(error));

/** What somebody's function throws. */
function thrown(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}

class ServiceError extends Error {
  readonly $metadata = { httpStatusCode: 400, requestId: 'R1' };
}

describe('of an error a line tells', () => {
  it('name, message and place where it is ours', () => {
    const described = describedError(new Error('tache 12 is not there'));
    expect(described).toMatchObject({ name: 'Error', message: 'tache 12 is not there' });
    expect(described.stack?.[0]).toMatch(/^at .*described-error\.test\.ts:\d+:\d+\)?$/u);
  });

  it.each([
    ['at /home/agent/a-folder-with-a-very-long-name-indeed/4711/lib/match.ts:12:3', 'at match.ts:12:3'],
    ['at file:///home/a-folder-with-a-very-long-name-indeed/4711/lib/match.ts:12:3', 'at match.ts:12:3'],
    ['at async Tache.match (file:///home/a-folder-with-a-very-long-name-indeed/4711/lib/match.ts:12:3)', 'at async Tache.match (match.ts:12:3)'],
    ['at async file:///var/task/index.mjs:48213:17', 'at async index.mjs:48213:17'],
    ['at node:internal/process/task_queues:105:5', 'at node:internal/process/task_queues:105:5'],
  ])('the place without the folders in which the code lies: %s', (frame, told) => {
    const error = new Error('a');
    error.stack = `Error: a\n    ${frame}`;
    expect(describedError(error).stack).toEqual([told]);
  });

  it('not the text that could not be parsed, which Node repeats', () => {
    const error = thrown(() => JSON.parse(`{"nom": ${NAME}}`));
    expect(whole(error)).not.toContain('Aminata');
    expect(describedError(error)).toMatchObject({ name: 'SyntaxError' });
  });

  it('not what a schema found, nor the names of fields that it did not know', () => {
    const error = thrown(() => z.strictObject({ a: z.literal('b') }).parse({ a: NAME, [NAME]: 1 }));
    expect(whole(error)).not.toContain('Aminata');
  });

  it('of a service what it complains of, its status and its number, without the value that it quotes', () => {
    const error = new ServiceError(`1 validation error detected: Value '${NAME}' at 'username' failed to satisfy constraint`);
    expect(describedError(error)).toMatchObject({ message: '1 validation error detected: Value … at … failed to satisfy constraint', status: 400, requestId: 'R1' });
  });

  it('its causes, by the same rule', () => {
    const error = new Error('the message is not one of this queue', { cause: thrown(() => JSON.parse(NAME)) });
    expect(describedError(error)).toMatchObject({ cause: { name: 'SyntaxError' } });
    expect(whole(error)).not.toContain('Aminata');
  });

  it('nothing where it is none', () => {
    expect(describedError(NAME)).toEqual({ name: 'not an error: string' });
  });
});
