package io.cruddur.obs.servlet.contract;

import jakarta.servlet.http.HttpServletResponse;

/** Tells which Servlet API is on the class path. */
final class ServletVersion {
    private ServletVersion() {}

    /** By what 6.1 brought. */
    static String present() {
        try {
            HttpServletResponse.class.getMethod("sendRedirect", String.class, int.class, boolean.class);
            return "6.1";
        } catch (NoSuchMethodException e) {
            return "6.0";
        }
    }
}
