package io.magpie.adapter.jdbc.sql;

import org.flywaydb.core.api.logging.Log;
import org.flywaydb.core.api.logging.LogCreator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Passes on only what somebody has to look at: a migration that goes well is no news.
public final class QuietLog implements LogCreator {
    @Override
    public Log createLogger(Class<?> clazz) {
        return new Quiet(LoggerFactory.getLogger(clazz));
    }

    private record Quiet(Logger logger) implements Log {
        @Override
        public void debug(String message) {
            logger.debug(message);
        }

        @Override
        public void info(String message) {
            logger.debug(message);
        }

        @Override
        public void warn(String message) {
            logger.warn(message);
        }

        @Override
        public void error(String message) {
            logger.error(message);
        }

        @Override
        public void error(String message, Exception e) {
            logger.error(message, e);
        }

        @Override
        public void notice(String message) {
            logger.debug(message);
        }
    }
}
