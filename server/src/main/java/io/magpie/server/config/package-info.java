/// What an operator may set: the records, where their values come from, and the page that documents them.
@NullMarked
package io.magpie.server.config;

import org.jspecify.annotations.NullMarked;
