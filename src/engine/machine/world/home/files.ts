/** What lies in the reader's home: Ferry, the book's application, and what its lessons build. */
import {
  API_DOCKERFILE,
  API_PACKAGES_TEXT,
  apiScript,
  COMPOSE,
  INIT_SQL,
  WEB_CONF,
  WEB_PAGE,
  WEB_STYLE,
} from '../../../registry/catalogue/files/ferry.ts';
import type { StartFile } from '../../types.ts';
import { BOAT_JAR } from './jar.ts';
import { KEY_FILES } from './ssh.ts';

const HOME = '/home/learner';
const encoder = new TextEncoder();

const JAVA_DOCKERFILE = `FROM eclipse-temurin:21-jre
COPY boat.jar /app.jar
ENTRYPOINT ["java", "-jar", "/app.jar"]
`;

/** The same file written, its mode changed, appended to, renamed and removed: each step is a layer. */
const FIVE = `FROM alpine:3.23
RUN dd if=/dev/zero of=/cargo bs=1M count=5
RUN chmod 600 /cargo
RUN echo more >> /cargo
RUN mv /cargo /freight
RUN rm /freight
`;

const MULTI = `FROM alpine:3.23 AS build
COPY page.txt .
RUN sed 's|.*|<p>&</p>|' page.txt > index.html

FROM busybox:1.37
COPY --from=build index.html /www/index.html
CMD ["httpd", "-f", "-p", "80", "-h", "/www"]
`;

const LEAK = `FROM alpine:3.23
ARG TOKEN
RUN echo "token: $TOKEN" > /etc/ferry-token
RUN rm /etc/ferry-token
CMD ["sleep", "900"]
`;

const SECRET = `FROM alpine:3.23
RUN --mount=type=secret,id=tok test -s /run/secrets/tok
RUN adduser -D boat
USER boat
CMD ["sleep", "900"]
`;

const TEXTS: Readonly<Record<string, string>> = {
  'ferry/compose.yaml': COMPOSE,
  'ferry/api/Dockerfile': API_DOCKERFILE,
  'ferry/api/api.sh': apiScript(1),
  'ferry/api/packages.txt': API_PACKAGES_TEXT,
  'ferry/db/init.sql': INIT_SQL,
  'ferry/java/Dockerfile': JAVA_DOCKERFILE,
  'ferry/web/default.conf': WEB_CONF,
  'ferry/web/site/index.html': WEB_PAGE,
  'ferry/web/site/style.css': WEB_STYLE,
  'lab/12/Dockerfile': FIVE,
  'lab/16/Dockerfile.en': 'FROM alpine:3.23\nENTRYPOINT ["echo", "hello"]\nCMD ["boat"]\n',
  'lab/16/Dockerfile.form-alpine': 'FROM alpine:3.23\nCMD sleep 900\n',
  'lab/16/Dockerfile.form-debian': 'FROM debian:12-slim\nCMD sleep 900\n',
  'lab/18/multi/Dockerfile': MULTI,
  'lab/18/multi/page.txt': 'The timetable will be here.\n',
  'lab/18/leak/Dockerfile': LEAK,
  'lab/18/secret/Dockerfile': SECRET,
};

const modeOf = (text: string): number => (text.startsWith('#!') ? 0o755 : 0o644);

export const HOME_FILES: readonly StartFile[] = [
  ...Object.entries(TEXTS).map(([path, text]) => ({ path: `${HOME}/${path}`, bytes: encoder.encode(text), mode: modeOf(text) })),
  { path: `${HOME}/ferry/java/boat.jar`, bytes: BOAT_JAR, mode: 0o644 },
  ...KEY_FILES,
];
