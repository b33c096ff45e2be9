package io.cruddur.obs.servlet;

import io.cruddur.obs.capture.CapturedException;
import org.jspecify.annotations.Nullable;

/**
 * Tells what a server answers itself to an exception of its own: that a request cannot be read, a parameter of it or its
 * body, is its client's failure although an exception escapes. By name: no server need be there. For {@link ObsFilter}, and
 * for adapters to frameworks.
 */
public final class RefusedRequest {
    private static final int MAX_CAUSES = 16;
    private static final int BAD_REQUEST = 400;
    private static final int FIRST_FAULT = 500;

    private static final String TOMCATS_PARAMETER = "org.apache.tomcat.util.http.InvalidParameterException";
    private static final String TOMCATS_BODY = "org.apache.coyote.BadRequestException";
    private static final String JETTYS = "org.eclipse.jetty.http.HttpException";

    private RefusedRequest() {}

    /** The status, 400 to 499, that the server makes of what has escaped; 0 if it is not of that kind. */
    public static int status(Throwable thrown) {
        Throwable cause = thrown;
        // Bounded, since causes can go round in a circle.
        for (int i = 0; cause != null && i < MAX_CAUSES; i++) {
            // Tomcat looks no further than this; Jetty looks through all causes.
            if (i < 2 && isNamed(cause, TOMCATS_PARAMETER)) {
                return told(cause, "getErrorCode");
            }
            if (i == 0 && isNamed(cause, TOMCATS_BODY)) {
                return BAD_REQUEST;
            }
            if (isJettys(cause.getClass())) {
                return told(cause, "getCode");
            }
            cause = CapturedException.cause(cause);
        }
        return 0;
    }

    private static boolean isNamed(Throwable thrown, String name) {
        for (Class<?> type = thrown.getClass(); type != null; type = type.getSuperclass()) {
            if (type.getName().equals(name)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isJettys(@Nullable Class<?> type) {
        for (Class<?> each = type; each != null; each = each.getSuperclass()) {
            for (Class<?> implemented : each.getInterfaces()) {
                if (implemented.getName().equals(JETTYS)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static int told(Throwable thrown, String method) {
        try {
            int status = (int) thrown.getClass().getMethod(method).invoke(thrown);
            return status >= BAD_REQUEST && status < FIRST_FAULT ? status : 0;
        } catch (ReflectiveOperationException | RuntimeException e) {
            // In a native image, for one; most of them are this.
            return BAD_REQUEST;
        }
    }
}
