/** `status`: what the client and the server know of their connection. */
import type { MysqlConnection } from './client.ts';

function uptimeText(seconds: number): string {
  const [days, hours, minutes] = [Math.floor(seconds / 86_400), Math.floor(seconds / 3600) % 24, Math.floor(seconds / 60) % 60];
  const parts = [
    days > 0 ? `${days} day${days === 1 ? '' : 's'}` : '',
    hours > 0 ? `${hours} hour${hours === 1 ? '' : 's'}` : '',
    minutes > 0 ? `${minutes} min` : '',
  ];
  return [...parts.filter((part) => part !== ''), `${seconds % 60} sec`].join(' ');
}

/** `Uptime: 62  Threads: 2 …` as two parts. */
export async function uptimeOf(connection: MysqlConnection): Promise<{ readonly uptime: string; readonly rest: string }> {
  const [, seconds = '0', rest = ''] = /^Uptime: (\d+) {2}(.*)$/s.exec(await connection.statistics()) ?? [];
  return { uptime: uptimeText(Number(seconds)), rest };
}

export async function connectionText(connection: MysqlConnection): Promise<string> {
  const { host, socket, port } = connection.target;
  return connection.isBySocket
    ? `Connection:\t\tLocalhost via UNIX socket\n@UNIX socket:\t\t${socket}\n`
    : `Connection:\t\t${host} via TCP/IP\n@TCP port:\t\t${port}\n`;
}

export async function statusText(connection: MysqlConnection, client: string, delimiter: string): Promise<string> {
  const [row = []] = await connection.rows(
    'select database(), current_user(), @@version_comment, @@character_set_server, @@character_set_database, @@character_set_client, @@character_set_connection, user()',
  );
  const [database, , comment, server, schema, charset, wire, user] = row.map((value) => value ?? '');
  const { uptime, rest } = await uptimeOf(connection);
  const [place = '', where = ''] = (await connectionText(connection)).split('@');
  const rule = '--------------\n';
  return `${rule}mysql  Ver ${client}\n\nConnection id:\t\t${connection.id}\nCurrent database:\t${database}\nCurrent user:\t\t${user}\nSSL:\t\t\tNot in use\nCurrent pager:\t\tstdout\nUsing outfile:\t\t''\nUsing delimiter:\t${delimiter}\nServer version:\t\t${connection.version} ${comment}\nProtocol version:\t10\n${place}Server characterset:\t${server}\nDb     characterset:\t${schema}\nClient characterset:\t${charset}\nConn.  characterset:\t${wire}\n${where}Uptime:\t\t\t${uptime}\n\n${rest}\n${rule}\n`;
}
