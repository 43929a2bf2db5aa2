import { chosenApi } from './api-address.ts';
import { EVERYWHERE, noWord, readWords } from './options.ts';
import { EXIT, type RemoteCommand } from './remote-command.ts';
import { savedSessions, sessionFolder } from './saved-sessions.ts';
import { revoke } from './sign-in.ts';
import { say, sayJson } from './terminal.ts';

/** Ends the sign-in at the API and forgets its tokens. */
export const logoutCommand: RemoteCommand = {
  usage: `  logout [--api URL]
      Révoque les jetons gardés et les efface.`,

  async run(words, terminal) {
    const { values, positionals } = readWords(words, EVERYWHERE);
    noWord(positionals);
    const sessions = savedSessions(sessionFolder(terminal.environment));
    const api = await chosenApi(values.api, terminal.environment, sessions);
    const session = await sessions.of(api);
    // Forgotten first: what cannot be revoked for want of a network is at least not here any more.
    await sessions.forget(api);
    if (session !== undefined) await revoke(session, terminal.interrupted);
    if (values.json) await sayJson(terminal.output, { api, deconnecte: session !== undefined });
    else await say(terminal.output, session === undefined ? `Vous n'étiez pas connecté à ${api}.` : `Déconnecté de ${api}.`);
    return EXIT.done;
  },
};
