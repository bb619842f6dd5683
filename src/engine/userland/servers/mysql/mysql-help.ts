/** What the client says about itself. */

export const COPYRIGHT =
  'Copyright (c) 2000, 2025, Oracle and/or its affiliates.\n\nOracle is a registered trademark of Oracle Corporation and/or its\naffiliates. Other names may be trademarks of their respective\nowners.\n';

export const WELCOME = `Welcome to the MySQL monitor.  Commands end with ; or \\g.\nYour MySQL connection id is @ID@\nServer version: @VERSION@\n\n${COPYRIGHT}\nType 'help;' or '\\h' for help. Type '\\c' to clear the current input statement.\n\n`;

const COMMANDS: readonly (readonly [word: string, letter: string, text: string])[] = [
  ['?', '\\?', "Synonym for `help'."],
  ['clear', '\\c', 'Clear the current input statement.'],
  ['connect', '\\r', 'Reconnect to the server. Optional arguments are db and host.'],
  ['delimiter', '\\d', 'Set statement delimiter.'],
  ['ego', '\\G', 'Send command to mysql server, display result vertically.'],
  ['exit', '\\q', 'Exit mysql. Same as quit.'],
  ['go', '\\g', 'Send command to mysql server.'],
  ['help', '\\h', 'Display this help.'],
  ['print', '\\p', 'Print current command.'],
  ['prompt', '\\R', 'Change your mysql prompt.'],
  ['quit', '\\q', 'Quit mysql.'],
  ['source', '\\.', 'Execute an SQL script file. Takes a file name as an argument.'],
  ['status', '\\s', 'Get status information from the server.'],
  ['system', '\\!', 'Execute a system shell command.'],
  ['use', '\\u', 'Use another database. Takes database name as argument.'],
  ['warnings', '\\W', 'Show warnings after every statement.'],
  ['nowarning', '\\w', "Don't show warnings after every statement."],
];

export const CLEAR_HELP = `\nFor information about MySQL products and services, visit:\n   http://www.mysql.com/\nFor developer information, including the MySQL Reference Manual, visit:\n   http://dev.mysql.com/\nTo buy MySQL Enterprise support, training, or other products, visit:\n   https://shop.mysql.com/\n\nList of all MySQL commands:\nNote that all text commands must be first on line and end with ';'\n${COMMANDS.map(([word, letter, text]) => `${word.padEnd(9)} (${letter}) ${text}\n`).join('')}\nFor server side help, type 'help contents'\n\n`;

/** The server of this model has no help tables. */
export const SERVER_HELP = "\nNothing found\nPlease try to run 'help contents' for a list of all accessible topics\n\n";
