package io.cruddur.obs.error;

/** What an error says of the address of the client whose request failed. */
public enum ClientAddress {
    /** Nothing. */
    OFF,

    /** The network: an IPv4 address without its last 8 bits, an IPv6 address without its last 80. */
    ANONYMIZED,

    /** All of it. */
    FULL
}
