/** What lies in the client's folder of plugins: the client itself, by another name. */
import { type PluginName, pluginMetadata } from '../../cli/command/system/plugins.ts';
import { docker } from '../../cli/main.ts';
import { encodeText } from '../../cli/text.ts';
import type { Program } from '../../kernel/sys.ts';
import { ioOf } from './docker.ts';

/** A plugin's own file: the client with the plugin's name in front, or what it says of itself. */
export function dockerPlugin(name: PluginName): Program {
  return async (sys) => {
    const [first, ...rest] = sys.argv.slice(1);
    const io = ioOf(sys);
    if (first === 'docker-cli-plugin-metadata') {
      await io.stdout.write(encodeText(pluginMetadata(name)));
      return 0;
    }
    const words = first === name ? rest : sys.argv.slice(1);
    return docker([name, ...words], io);
  };
}
