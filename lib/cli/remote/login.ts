import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import { UsageError } from '../command-line.ts';
import { parsedJson } from '../parsed-json.ts';
import { apiAddress, chosenApi } from './api-address.ts';
import { hiddenAnswer, openAnswer } from './hidden-answer.ts';
import { EVERYWHERE, noWord, readWords } from './options.ts';
import type { RemoteCommand } from './remote-command.ts';
import { EXIT } from './remote-command.ts';
import { RemoteError } from './remote-error.ts';
import { type SavedSession, savedSessions, sessionFolder } from './saved-sessions.ts';
import { type SignIn, signInAsApplication, signInByPassword } from './sign-in.ts';
import { say, sayJson, type Terminal } from './terminal.ts';

const OPTIONS = { ...EVERYWHERE, utilisateur: { type: 'string' }, application: { type: 'string' }, endpoints: { type: 'string' }, groupe: { type: 'string' } } as const;

/** Signs in, and keeps the tokens for the commands that follow. */
export const loginCommand: RemoteCommand = {
  usage: `  login --api URL [--utilisateur NOM | --application CLIENT_ID]
  login --endpoints .local/endpoints.json [--groupe agent]
      Se connecte et garde le jeton (jamais le mot de passe) dans ~/.config/reconciliation. Le mot de passe, ou le secret d'une
      application, est demandé sans être montré ; hors d'un terminal il vient de RECONCILE_MOT_DE_PASSE (RECONCILE_SECRET) ou de
      l'entrée. --endpoints connecte un utilisateur de la machine locale (npm start).`,

  async run(words, terminal) {
    const { values, positionals } = readWords(words, OPTIONS);
    noWord(positionals);
    const sessions = savedSessions(sessionFolder(terminal.environment));
    const session =
      values.endpoints === undefined
        ? await signedIn(await chosenApi(values.api, terminal.environment, sessions), values, terminal)
        : await signInByPassword(await localUser(values.endpoints, values.groupe ?? 'agent'), terminal.interrupted);
    await sessions.keep(session);
    const { api, utilisateur, expire } = session;
    if (values.json) await sayJson(terminal.output, { api, utilisateur, expire });
    else await say(terminal.output, `Connecté à ${api} : ${utilisateur}.`);
    return EXIT.done;
  },
};

async function signedIn(api: string, { utilisateur, application }: { utilisateur?: string; application?: string }, terminal: Terminal): Promise<SavedSession> {
  if (application !== undefined) {
    if (utilisateur !== undefined) throw new UsageError("L'un de --utilisateur et --application est attendu.");
    return signInAsApplication(api, application, await secretOf('RECONCILE_SECRET', 'Secret : ', terminal), terminal.interrupted);
  }
  const name = utilisateur ?? terminal.environment['RECONCILE_UTILISATEUR'] ?? (await askedName(terminal));
  const signIn = { api, utilisateur: name, motDePasse: await secretOf('RECONCILE_MOT_DE_PASSE', `Mot de passe de ${name} : `, terminal) };
  return firstSignIn(signIn, terminal);
}

/** Whoever was invited chooses their password now. */
async function firstSignIn(signIn: SignIn, terminal: Terminal): Promise<SavedSession> {
  try {
    return await signInByPassword(signIn, terminal.interrupted);
  } catch (error) {
    if (!(error instanceof RemoteError && /new_password/u.test(error.message)) || terminal.input.isTTY !== true) throw error;
  }
  await say(terminal.error, 'Première connexion : choisissez votre mot de passe.');
  const nouveau = await hiddenAnswer('Nouveau mot de passe : ', terminal);
  if ((await hiddenAnswer('Encore une fois : ', terminal)) !== nouveau) throw new UsageError('Les deux ne sont pas les mêmes.');
  return signInByPassword({ ...signIn, nouveau }, terminal.interrupted);
}

function askedName(terminal: Terminal): Promise<string> {
  if (terminal.input.isTTY !== true) throw new UsageError('--utilisateur est attendu.');
  return openAnswer("Nom d'utilisateur : ", terminal);
}

async function secretOf(name: string, question: string, terminal: Terminal): Promise<string> {
  const given = terminal.environment[name];
  const secret = given === undefined || given === '' ? await hiddenAnswer(question, terminal) : given;
  if (secret === '') throw new UsageError(`Rien n'a été donné. Hors d'un terminal : ${name}, ou la première ligne de l'entrée.`);
  return secret;
}

const endpoints = z.object({ api: z.string(), utilisateurs: z.array(z.object({ username: z.string(), password: z.string(), groupe: z.string() })) });

/** A user of the app on this machine, whose password is no secret. @throws UsageError */
async function localUser(path: string, groupe: string): Promise<SignIn> {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined) throw new UsageError(`Le fichier ${path} n'existe pas : npm start l'écrit quand tout répond.`);
  const { data } = endpoints.safeParse(parsedJson(text));
  const user = data?.utilisateurs.find((one) => one.groupe === groupe);
  if (data === undefined || user === undefined) throw new UsageError(`${path} ne nomme aucun utilisateur du groupe ${groupe}.`);
  return { api: apiAddress(data.api), utilisateur: user.username, motDePasse: user.password };
}
