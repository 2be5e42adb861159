/** Builds the saved objects of OpenSearch Dashboards out of deploy/dashboards, and checks them. */
@NullMarked
package io.tocsin.console.dashboards;

import org.jspecify.annotations.NullMarked;
