package io.cruddur.obs.spring.provision;

/** One thing to create where it is missing. */
interface Step {
    /** What it is, such as {@code the X-Ray group Cruddur}. */
    String what();

    /** The actions that the credentials must be allowed, for who reads that they are not. */
    String permissions();

    /**
     * Creates it if it is missing, and changes nothing if it is there.
     *
     * @return what became of it, such as {@code created} or {@code is there}
     */
    String apply();
}
