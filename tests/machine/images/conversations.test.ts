import { describe, expect, it } from 'vitest';
import { command, computer, openTerminal } from '../computer.ts';

describe('a conversation on a terminal', () => {
  it('with psql: prompts, a statement over two lines, what is wrong, and the way out', async () => {
    const terminal = openTerminal(await computer({ start: 'images', images: ['postgres:17-alpine'] }));
    await terminal.until('$ ');
    await command(terminal, 'docker run -d --name db -e POSTGRES_PASSWORD=pw postgres:17-alpine && sleep 4');
    expect(await command(terminal, 'docker exec -it db psql -U postgres', 'postgres=# ')).toContain(
      'psql (17.7)\r\nType "help" for help.\r\n',
    );
    await command(terminal, 'create table t (', 'postgres(# ');
    expect(await command(terminal, 'n int);', 'postgres=# ')).toContain('CREATE TABLE\r\n');
    await command(terminal, 'begin;', 'postgres=*# ');
    expect(await command(terminal, 'selec 1;', 'postgres=!# ')).toContain(
      'ERROR:  syntax error at or near "selec"\r\nLINE 1: selec 1;\r\n        ^\r\n',
    );
    await command(terminal, 'rollback;', 'postgres=# ');
    expect(await command(terminal, '\\dt', 'postgres=# ')).toContain(' public | t    | table | postgres\r\n(1 row)\r\n');
    await command(terminal, '\\q');
  });

  it('with redis-cli', async () => {
    const terminal = openTerminal(await computer({ start: 'images', images: ['redis:8-alpine'] }));
    await terminal.until('$ ');
    await command(terminal, 'docker run -d --name cache redis:8-alpine && sleep 1');
    const prompt = '127.0.0.1:6379> ';
    await command(terminal, 'docker exec -it cache redis-cli', prompt);
    expect(await command(terminal, 'set "a b" 1', prompt)).toContain('OK\r\n');
    expect(await command(terminal, 'get "a b"', prompt)).toContain('"1"\r\n');
    expect(await command(terminal, 'select 1', '127.0.0.1:6379[1]> ')).toContain('OK\r\n');
    await command(terminal, 'exit');
  });
});
