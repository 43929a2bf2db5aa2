import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';

const savedSession = z.object({
  api: z.string().min(1),
  /** Who signed in: a user's name, or the client id of an application. */
  utilisateur: z.string(),
  jeton: z.string().min(1),
  /** Absent for an application, which signs in again. */
  rafraichissement: z.string().min(1).optional(),
  /** When the token ends. */
  expire: z.iso.datetime(),
});

/** Somebody's tokens for one API. The password is never kept. */
export type SavedSession = z.infer<typeof savedSession>;

/** The sessions of a person on this machine, a file for each API. */
export interface SavedSessions {
  apis(): Promise<readonly string[]>;
  of(api: string): Promise<SavedSession | undefined>;
  keep(session: SavedSession): Promise<void>;
  forget(api: string): Promise<void>;
}

/** Where a person's sessions lie. */
export function sessionFolder(environment: Readonly<Record<string, string | undefined>>): string {
  const config = environment['XDG_CONFIG_HOME'];
  return join(config === undefined || config === '' ? join(environment['HOME'] ?? homedir(), '.config') : config, 'reconciliation', 'sessions');
}

export function savedSessions(folder: string): SavedSessions {
  const pathOf = (api: string) => join(folder, `${encodeURIComponent(api)}.json`);
  const read = async (path: string): Promise<SavedSession | undefined> => {
    try {
      return savedSession.safeParse(JSON.parse(await readFile(path, 'utf8'))).data;
    } catch {
      // Not there, or not ours any more: whoever signs in writes it anew.
      return undefined;
    }
  };
  return {
    async apis() {
      const names = await readdir(folder).catch(() => []);
      const sessions = await Promise.all(names.filter((name) => name.endsWith('.json')).map((name) => read(join(folder, name))));
      return sessions.flatMap((session) => (session === undefined ? [] : [session.api])).toSorted();
    },
    of: (api) => read(pathOf(api)),
    async keep(session) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await writePrivately(pathOf(session.api), JSON.stringify(session));
    },
    forget: (api) => rm(pathOf(api), { force: true }),
  };
}

/** Nobody else may read it, at no moment; and nobody reads half of it. */
async function writePrivately(path: string, text: string): Promise<void> {
  const unfinished = `${path}.${process.pid}.tmp`;
  const file = await open(unfinished, 'w', 0o600);
  try {
    // A file that was left behind keeps the mode it had.
    await file.chmod(0o600);
    await file.writeFile(text);
  } finally {
    await file.close();
  }
  await rename(unfinished, path);
}
