import { operatorList } from '../../http/schemas/operator.ts';
import { EVERYWHERE, noWord, readWords } from './options.ts';
import { remoteApi } from './remote-api.ts';
import { EXIT, type RemoteCommand } from './remote-command.ts';
import { say, sayJson } from './terminal.ts';

/** Lists the operators that take statements, with the codes that `submit` wants. */
export const operatorsCommand: RemoteCommand = {
  usage: `  operateurs
      Les opérateurs et leurs codes.`,

  async run(words, terminal) {
    const { values, positionals } = readWords(words, EVERYWHERE);
    noWord(positionals);
    const api = await remoteApi(values.api, terminal);
    const { value, body } = await api.read('/operateurs/', operatorList);
    if (values.json) await sayJson(terminal.output, body);
    else for (const { code, nom, account } of value) await say(terminal.output, `${code.padEnd(14)}${nom.padEnd(28)}${account}`);
    return EXIT.done;
  },
};
